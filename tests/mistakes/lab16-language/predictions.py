# wrong: the arithmetic mean of 2 and 8
predictions = {
    "alternating": 5.0,
    "bits": 8.0,
    "windows": 1549,
    "reach": 5,
    "sharper": 0.94,
    "loop": 3,
}


# wrong: takes the bits for nats
predictions = {
    "alternating": 4.0,
    "bits": 20.09,
    "windows": 1549,
    "reach": 5,
    "sharper": 0.94,
    "loop": 3,
}


# wrong: the state carries gradients from the whole window before
predictions = {
    "alternating": 4.0,
    "bits": 8.0,
    "windows": 1549,
    "reach": 35,
    "sharper": 0.94,
    "loop": 3,
}


# wrong: all words of the window get a gradient
predictions = {
    "alternating": 4.0,
    "bits": 8.0,
    "windows": 1549,
    "reach": 30,
    "sharper": 0.94,
    "loop": 3,
}


# wrong: multiplies the logits by the temperature
predictions = {
    "alternating": 4.0,
    "bits": 8.0,
    "windows": 1549,
    "reach": 5,
    "sharper": 0.67,
    "loop": 3,
}


# wrong: counts the run-in as a part of the loop
predictions = {
    "alternating": 4.0,
    "bits": 8.0,
    "windows": 1549,
    "reach": 5,
    "sharper": 0.94,
    "loop": 5,
}


# wrong: rounds the number of windows
predictions = {
    "alternating": 4.0,
    "bits": 8.0,
    "windows": 1549.3,
    "reach": 5,
    "sharper": 0.94,
    "loop": 3,
}


# wrong: one is missing
predictions = {"alternating": 4.0, "bits": 8.0, "windows": 1549, "reach": 5, "loop": 3}


# right: calculated instead of written down
predictions = {
    "alternating": math.sqrt(2 * 8),
    "bits": 2**3,
    "windows": (929_589 // 20 - 1) // 30,
    "reach": 5,
    "sharper": 0.8**2 / (0.8**2 + 0.2**2),
    "loop": len({"sees", "the", "dog"}),
}


# right: another order, floats
predictions = dict(
    loop=3.0, sharper=0.941, reach=5.0, windows=1549.0, bits=8, alternating=4
)
