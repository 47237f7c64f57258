# wrong: each kernel reads one channel
pointwise_count = 64


# wrong: with biases
pointwise_count = 64 * (64 + 1)


# wrong: weights at every place
pointwise_count = 64 * 24 * 24 * 64


# wrong: a tensor
pointwise_count = torch.tensor(64 * 64)


# wrong: kernels that cover the picture
pointwise_count = 64 * 24 * 24


# right: a layer is asked
pointwise_count = nn.Conv2d(64, 64, 1, bias=False).weight.numel()


# right: a product of sizes
pointwise_count = torch.Size((64, 64, 1, 1)).numel()
