"""Who should pay: keys that divide a joint cost, and rules that divide a pot among claims."""
