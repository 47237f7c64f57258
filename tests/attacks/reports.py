"""What reports must say, as regular expressions."""

TAMPERED = r"(?i)tamper|review"
# What is only worth a look, or tampering where a test was running.
LOOK = r"(?i)tamper|review|look|reach|replac|patch"
NETWORK = r"(?i)network|socket|connect"
PROCESSES = r"(?i)process"
SIGNALS = r"(?i)signal|kill|process"
FILES = r"outside its folder"
DIED = r"(?i)kernel died|ended|killed"
STOPPED = r"stopped after|did not stop"
MEMORY = r"(?i)memory"
SPACE = r"(?i)space|large|size"
STOPPED_OR_CUT = r"stopped after|did not stop|kernel died|too much"
