"""How light the site is: Lighthouse and weight, beside other course books."""
