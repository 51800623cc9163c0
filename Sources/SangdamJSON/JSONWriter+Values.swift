// The values of JSON: strings with their escapes, ids, times, numbers. Each asks for its room once.

package import SangdamCore

extension JSONWriter {
    package mutating func string(_ text: Text) {
        text.utf8.withUnsafeBufferPointer { string(utf8: $0) }
    }

    package mutating func string(_ text: String) {
        // Swift's own strings are contiguous: nothing is copied.
        if text.utf8.withContiguousStorageIfAvailable({ string(utf8: $0) }) == nil {
            string(utf8: Array(text.utf8))
        }
    }

    package mutating func string(utf8: [UInt8]) {
        utf8.withUnsafeBufferPointer { string(utf8: $0) }
    }

    package mutating func string(_ id: ClientMessageID) {
        id.withUTF8 { string(utf8: $0) }
    }

    // One for each kind of id: a generic one would not be specialised in other modules, and these stand on the path of
    // every message.

    package mutating func string(_ id: ChatID) {
        write(id)
    }

    package mutating func string(_ id: OfferID) {
        write(id)
    }

    package mutating func string(_ id: SessionID) {
        write(id)
    }

    @inline(__always)
    private mutating func write<Kind>(_ id: ID<Kind>) {
        string(ofPlain: ID<Kind>.length) { id.write(to: $0) }
    }

    /// The protocol's and the journal's word for it, without a String.
    package mutating func string(_ party: Party) {
        switch party {
        case .customer: word("customer")
        case .agent: word("agent")
        case .system: word("system")
        }
    }

    package mutating func string(_ instant: Instant) {
        string(ofPlain: Instant.rfc3339Length) { instant.writeRFC3339(to: $0) }
    }

    package mutating func number(_ value: Int) {
        var destination = begin(decimalLimit + 1)
        if value < 0 {
            destination[0] = UInt8(ascii: "-")
            destination += 1
        }
        end = writeDecimal(UInt64(value.magnitude), to: destination)
        needsComma = true
    }

    package mutating func number(_ value: UInt64) {
        end = writeDecimal(value, to: begin(decimalLimit))
        needsComma = true
    }

    /// A length of time in seconds with up to three decimals.
    package mutating func seconds(_ interval: Interval) {
        var destination = begin(decimalLimit + 5)
        let milliseconds = interval.milliseconds.magnitude
        if interval.milliseconds < 0 {
            destination[0] = UInt8(ascii: "-")
            destination += 1
        }
        destination = writeDecimal(milliseconds / 1000, to: destination)
        let rest = milliseconds % 1000
        if rest != 0 {
            destination[0] = UInt8(ascii: ".")
            destination[1] = UInt8(ascii: "0") + UInt8(rest / 100)
            destination += 2
            if rest % 100 != 0 {
                destination[0] = UInt8(ascii: "0") + UInt8(rest / 10 % 10)
                destination += 1
            }
            if rest % 10 != 0 {
                destination[0] = UInt8(ascii: "0") + UInt8(rest % 10)
                destination += 1
            }
        }
        end = destination
        needsComma = true
    }

    package mutating func bool(_ value: Bool) {
        literal(value ? "true" : "false")
    }

    package mutating func null() {
        literal("null")
    }

    @inline(__always)
    private mutating func literal(_ literal: StaticString) {
        let destination = begin(literal.utf8CodeUnitCount)
        destination.update(from: literal.utf8Start, count: literal.utf8CodeUnitCount)
        end = destination + literal.utf8CodeUnitCount
        needsComma = true
    }

    // MARK: Strings

    /// `utf8` must be UTF-8. Sixteen bytes at a time are looked at and copied in one; where one of them may need an
    /// escape, these sixteen go byte by byte.
    package mutating func string(utf8: UnsafeBufferPointer<UInt8>) {
        let count = utf8.count
        let opening = begin(count + 2)
        opening[0] = UInt8(ascii: "\"")
        end = opening + 1
        if let source = utf8.baseAddress { copyEscaping(source, count) }
        // All ways through `copyEscaping` leave room for the closing quote.
        end[0] = UInt8(ascii: "\"")
        end += 1
        needsComma = true
    }

    @inline(__always)
    private mutating func copyEscaping(_ source: UnsafePointer<UInt8>, _ count: Int) {
        guard count >= 16 else {
            if count < 4 || !copyShort(source, count) { _ = copyBytewise(source, from: 0, to: count, of: count) }
            return
        }
        var at = 0
        // Where the present run without escapes began.
        var run = 0
        while count &- at >= 16 {
            let block = load(source + at)
            if isPlain(block) {
                store(block, end)
                end += 16
                at &+= 16
            } else {
                at = copyBytewise(source, from: at, to: at + 16, of: count)
                run = at
            }
        }
        guard at < count else { return }
        if count - run >= 16 {
            // The last sixteen bytes once more, with the rest among them.
            let block = load(source + (count - 16))
            if isPlain(block) {
                end += count - at
                store(block, end - 16)
                return
            }
        }
        _ = copyBytewise(source, from: at, to: count, of: count)
    }

    /// Copies 4 to 15 bytes, the first and the last four or eight of them; false when one of them may need an escape.
    @inline(__always)
    private mutating func copyShort(_ source: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        let bytes = UnsafeRawPointer(source)
        let destination = UnsafeMutableRawPointer(end)
        if count >= 8 {
            let first = bytes.loadUnaligned(as: UInt64.self)
            let last = bytes.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
            guard isPlain(SIMD2(first, last)) else { return false }
            destination.storeBytes(of: first, as: UInt64.self)
            destination.storeBytes(of: last, toByteOffset: count - 8, as: UInt64.self)
        } else {
            let first = bytes.loadUnaligned(as: UInt32.self)
            let last = bytes.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
            guard isPlain(SIMD2(repeating: UInt64(first) | UInt64(last) << 32)) else { return false }
            destination.storeBytes(of: first, as: UInt32.self)
            destination.storeBytes(of: last, toByteOffset: count - 4, as: UInt32.self)
        }
        end += count
        return true
    }

    @inline(__always)
    private func load(_ source: UnsafePointer<UInt8>) -> SIMD2<UInt64> {
        UnsafeRawPointer(source).loadUnaligned(as: SIMD2<UInt64>.self)
    }

    @inline(__always)
    private func store(_ block: SIMD2<UInt64>, _ destination: UnsafeMutablePointer<UInt8>) {
        UnsafeMutableRawPointer(destination).storeBytes(of: block, as: SIMD2<UInt64>.self)
    }

    /// Whether none of the sixteen bytes can begin an escape. Source of the method: Sean Eron Anderson, "Bit Twiddling
    /// Hacks", "Determine if a word has a zero byte". Arithmetic on words, because comparing vectors of bytes becomes a
    /// loop over the bytes.
    @inline(__always)
    private func isPlain(_ block: SIMD2<UInt64>) -> Bool {
        let ones = SIMD2<UInt64>(repeating: 0x0101_0101_0101_0101)
        // What is found has the top bit of its byte set. Below 0x80: XOR with 2 brings the quote (0x22) next to the
        // control characters, so that taking off 0x21 borrows for both; the backslash borrows as a zero; 0x7F carries.
        // A borrow or a carry reaches a neighbour only from a byte that was found itself.
        let control = (block ^ (ones &* 0x02)) &- (ones &* 0x21)
        let backslash = (block ^ (ones &* 0x5C)) &- ones
        let delete = block &+ ones
        // 0xE2 borrows as a zero.
        let separator = block ^ (ones &* 0xE2)
        let found = ((control | backslash | delete) & ~block) | ((separator &- ones) & ~separator)
        return (found[0] | found[1]) & 0x8080_8080_8080_8080 == 0
    }

    /// Copies the bytes of `source` from `begin` until `until` or a little further, with their escapes. Returns how far
    /// it came. Leaves room for all that follows and the closing quote.
    private mutating func copyBytewise(
        _ source: UnsafePointer<UInt8>, from begin: Int, to until: Int, of count: Int
    ) -> Int {
        var destination = room(6 * (until - begin) + (count - until) + 16)
        var at = begin
        while at < until {
            let byte = source[at]
            if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte != 0x7F, byte != 0xE2 {
                destination[0] = byte
                destination += 1
                at += 1
            } else if byte != 0xE2 {
                destination = writeEscape(byte, to: destination)
                at += 1
            } else if at + 2 < count, source[at + 1] == 0x80, source[at + 2] & 0xFE == 0xA8 {
                destination = writeEscape(0x2028 + UInt16(source[at + 2] & 1), to: destination)
                at += 3
            } else {
                destination[0] = byte
                destination += 1
                at += 1
            }
        }
        end = destination
        return at
    }

    private func writeEscape(_ byte: UInt8, to destination: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8>
    {
        let short: UInt8
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): short = byte
        case 0x08: short = UInt8(ascii: "b")
        case 0x09: short = UInt8(ascii: "t")
        case 0x0A: short = UInt8(ascii: "n")
        case 0x0C: short = UInt8(ascii: "f")
        case 0x0D: short = UInt8(ascii: "r")
        default: return writeEscape(UInt16(byte), to: destination)
        }
        destination[0] = UInt8(ascii: "\\")
        destination[1] = short
        return destination + 2
    }

    private func writeEscape(
        _ scalar: UInt16, to destination: UnsafeMutablePointer<UInt8>
    ) -> UnsafeMutablePointer<UInt8> {
        destination[0] = UInt8(ascii: "\\")
        destination[1] = UInt8(ascii: "u")
        for digit in 0..<4 {
            let value = UInt8(truncatingIfNeeded: scalar >> UInt16(12 - 4 * digit)) & 0xF
            destination[2 + digit] = value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
        }
        return destination + 6
    }
}

/// The most digits that `writeDecimal` writes.
private let decimalLimit = 20

/// Writes the digits of `value` without leading zeros; returns what follows them.
private func writeDecimal(_ value: UInt64, to destination: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
    var length = 1
    var power: UInt64 = 10
    while length < decimalLimit, value >= power {
        length += 1
        power = power &* 10
    }
    var rest = value
    var at = length
    while at >= 2 {
        let (quotient, pair) = rest.quotientAndRemainder(dividingBy: 100)
        at -= 2
        writePair(UInt32(truncatingIfNeeded: pair), to: destination + at)
        rest = quotient
    }
    if at == 1 { destination[0] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest) }
    return destination + length
}
