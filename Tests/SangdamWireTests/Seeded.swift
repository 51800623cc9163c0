// Chance that can be had again: a failing test prints the seed.

import Glibc

/// A seed for what is invented anew with every run. It is said, unbuffered, before anything is done with it: a trap
/// would take it along. `SANGDAM_SEED` asks for one again.
func announcedSeed(of test: String = #function) -> UInt64 {
    let asked = getenv("SANGDAM_SEED").flatMap { UInt64(String(cString: $0)) }
    let seed = asked ?? .random(in: .min ... .max)
    let line = "\(test): seed \(seed)\n"
    _ = write(STDERR_FILENO, line, line.utf8.count)
    return seed
}

/// SplitMix64. Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", 2014.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
