"""Speed, measured side by side in one run: ratios last, seconds do not."""
