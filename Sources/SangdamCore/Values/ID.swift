// Ids of ours: 128 bits, written as 26 characters `[0-9a-z]` (Crockford's base 32 in lower case, as ULID has it).
// The first 48 bits are the time of birth in milliseconds, so that ids sort by age and a reader of the journal knows
// where to begin.

/// The name of one thing of kind `Kind`; two kinds cannot be mixed up.
///
/// Source of the layout: the ULID specification (48 bits of time, 80 bits of randomness).
///
/// Public only because the compiler specialises a function for another module if its type is: `package` does not do.
public struct ID<Kind>: Hashable, Comparable, Sendable {
    /// The time of birth and 16 random bits.
    public let high: UInt64
    /// Random bits.
    public let low: UInt64

    @inlinable
    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// A new id, born `at`; `random` decides its last 80 bits.
    package init(at instant: Instant, random: inout some RandomNumberGenerator) {
        let time = UInt64(clamping: instant.milliseconds) & 0xFFFF_FFFF_FFFF
        high = time << 16 | random.next() & 0xFFFF
        low = random.next()
    }

    /// When the thing was born, to the millisecond.
    package var birth: Instant { Instant(milliseconds: Int64(high >> 16)) }

    /// The lower half is random bits alone.
    @inlinable
    public func hash(into hasher: inout Hasher) {
        hasher.combine(low)
    }

    /// By age.
    @inlinable
    public static func < (left: ID, right: ID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

/// The value of a character of the alphabet; 32 or more for any other.
@inlinable
@inline(__always)
func idDigit(_ character: UInt8) -> UInt64 {
    let decimal = character &- UInt8(ascii: "0")
    if decimal < 10 { return UInt64(decimal) }
    // The letters a to z but i, l, o and u, which are the 9th, 12th, 15th and 21st.
    let letter = UInt64(character &- UInt8(ascii: "a"))
    switch letter {
    case 0..<8: return letter + 10
    case 9..<11: return letter + 9
    case 12..<14: return letter + 8
    case 15..<20: return letter + 7
    case 21..<26: return letter + 6
    default: return 32
    }
}

extension ID {
    /// Characters in the written form.
    @inlinable
    package static var length: Int { 26 }

    /// Reads the written form; nil when it is not one.
    @inlinable
    package init?(_ text: UnsafeRawBufferPointer) {
        guard text.count == Self.length else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        var seen: UInt64 = 0
        for character in text {
            let digit = idDigit(character)
            seen |= digit
            high = high << 5 | low >> 59
            low = low << 5 | digit
        }
        // 26 × 5 = 130 bits: the first character holds only three.
        guard seen < 32, idDigit(text[0]) < 8 else { return nil }
        self.init(high: high, low: low)
    }

    /// Reads the written form; nil when it is not one.
    package init?(_ text: some Collection<UInt8>) {
        guard let id = Array(text).withUnsafeBytes({ Self($0) }) else { return nil }
        self = id
    }

    package init?(_ text: String) {
        self.init(text.utf8)
    }

    /// Writes the 26 characters through a pointer behind which there is room for them.
    @inlinable
    @inline(__always)
    package func write(to destination: UnsafeMutablePointer<UInt8>) {
        // A literal: reading it needs no initialised global and no check of bounds, which 31 cannot leave.
        let alphabet: StaticString = "0123456789abcdefghjkmnpqrstvwxyz"
        let characters = alphabet.utf8Start
        destination[0] = characters[Int(high >> 61)]
        for digit in 0..<12 {
            destination[1 + digit] = characters[Int(high >> UInt64(56 - 5 * digit) & 31)]
        }
        destination[13] = characters[Int(high << 4 & 16 | low >> 60)]
        for digit in 0..<12 {
            destination[14 + digit] = characters[Int(low >> UInt64(55 - 5 * digit) & 31)]
        }
    }
}

extension ID: CustomStringConvertible {
    /// The written form.
    public var description: String {
        String(unsafeUninitializedCapacity: Self.length) { characters in
            if let destination = characters.baseAddress { write(to: destination) }
            return Self.length
        }
    }
}

package typealias ChatID = ID<Chat>
package typealias OfferID = ID<Offer>
package typealias SessionID = ID<SessionKind>

/// Marks the ids of sessions, which the desk keeps no public type for.
package enum SessionKind {}
