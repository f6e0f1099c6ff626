"""HTTPS without a proxy, for phones in the same network: `./run --tls`."""

#: The authority's certificate in the folder with the others.
AUTHORITY_FILE = "ca.pem"
#: Where a phone fetches it.
AUTHORITY_PATH = "/handsel-ca.crt"
