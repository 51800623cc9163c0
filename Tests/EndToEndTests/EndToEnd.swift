// The whole thing, as its users have it: the built binary on a free port, customers with openssl and ncat, programs
// with JSON lines over TLS, agents with the console, operators with signals and a browser of numbers.
//
// One after the other, each with a server of its own: some kill it, fail its disk or bring a thousand customers, and
// what the others wait for must not be late because of them.

import Testing

@Suite(.serialized)
enum EndToEnd {}
