# wrong: one group
conv_groups = nn.Conv2d(16, 32, (3, 5), stride=(3, 2), padding=(3, 1), dilation=(2, 1))


# wrong: depthwise, a group for each channel
conv_groups = nn.Conv2d(
    16, 32, (3, 5), stride=(3, 2), padding=(3, 1), dilation=(2, 1), groups=16
)


# wrong: padding as for a kernel without dilation
conv_groups = nn.Conv2d(
    16, 32, (3, 5), stride=(3, 2), padding=(1, 1), dilation=(2, 1), groups=2
)


# wrong: twice the padding on the other side
conv_groups = nn.Conv2d(
    16, 32, (3, 5), stride=(3, 2), padding=(1, 3), dilation=(2, 1), groups=2
)


# wrong: padding 4 fits this height too, but is not the smallest
conv_groups = nn.Conv2d(
    16, 32, (3, 5), stride=(3, 2), padding=(4, 1), dilation=(2, 1), groups=2
)


# wrong: no dilation, which the rounding hides
conv_groups = nn.Conv2d(16, 32, (3, 5), stride=(3, 2), padding=(3, 1), groups=2)


# wrong: no dilation, and a smaller padding that makes up for it
conv_groups = nn.Conv2d(16, 32, (3, 5), stride=(3, 2), padding=(2, 1), groups=2)


# wrong: mixes the groups' channels first
class Shuffled(nn.Conv2d):
    def forward(self, X):
        return super().forward(torch.cat([X[:, ::2], X[:, 1::2]], dim=1))


conv_groups = Shuffled(
    16, 32, (3, 5), stride=(3, 2), padding=(3, 1), dilation=(2, 1), groups=2
)


# right: all by position
conv_groups = nn.Conv2d(16, 32, (3, 5), (3, 2), (3, 1), (2, 1), 2, False)


# right: two convolutions side by side
class Halves(nn.Module):
    def __init__(self):
        super().__init__()
        self.parts = nn.ModuleList(
            nn.Conv2d(8, 16, (3, 5), (3, 2), (3, 1), (2, 1)) for _ in range(2)
        )

    def forward(self, X):
        halves = X.chunk(2, dim=1)
        return torch.cat(
            [part(half) for part, half in zip(self.parts, halves, strict=True)], dim=1
        )


conv_groups = Halves()


# right: the padding in front, moved, with another seed
torch.manual_seed(99)
conv_groups = nn.Sequential(
    nn.ZeroPad2d((1, 1, 3, 3)),
    nn.LazyConv2d(32, (3, 5), stride=(3, 2), dilation=(2, 1), groups=2),
).to(device)
