"""`zabota setup`: from a bare server to a running bot, asked one thing at a time."""
