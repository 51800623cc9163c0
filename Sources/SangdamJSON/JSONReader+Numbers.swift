// Numbers, exactly: a value that its type cannot hold is refused, not rounded.

package import SangdamCore

extension JSONReader {
    package mutating func unsigned() throws(JSONFault) -> UInt64 {
        if let value = passPlainUnsigned() { return value }
        let (integer, start) = try passInteger()
        guard !integer.isNegative, let magnitude = integer.magnitude else { throw unmoved(.outOfRange, to: start) }
        markRead()
        return magnitude
    }

    package mutating func signed() throws(JSONFault) -> Int64 {
        let (integer, start) = try passInteger()
        guard let magnitude = integer.magnitude else { throw unmoved(.outOfRange, to: start) }
        let value: Int64?
        if integer.isNegative {
            value = magnitude == Int64.min.magnitude ? .min : Int64(exactly: magnitude).map { -$0 }
        } else {
            value = Int64(exactly: magnitude)
        }
        guard let value else { throw unmoved(.outOfRange, to: start) }
        markRead()
        return value
    }

    /// A length of time written in seconds, such as `1.5`: exact to the millisecond or `outOfRange`.
    package mutating func seconds() throws(JSONFault) -> Interval {
        try expect(.number)
        let start = offset
        let number = try passNumber()
        guard !number.hasExponent, input[number.fraction.dropFirst(3)].allSatisfy({ $0 == UInt8(ascii: "0") })
        else { throw unmoved(.outOfRange, to: start) }
        var milliseconds: Int64 = 0
        var isExact = true
        func shift(by digit: UInt8) {
            let (product, overflow) = milliseconds.multipliedReportingOverflow(by: 10)
            let (difference, underflow) = product.subtractingReportingOverflow(Int64(digit))
            // Counted below zero, where Int64 has one value more.
            milliseconds = difference
            isExact = isExact && !overflow && !underflow
        }
        for byte in input[number.whole] { shift(by: byte - UInt8(ascii: "0")) }
        for decimal in 0..<3 {
            let at = number.fraction.lowerBound + decimal
            shift(by: at < number.fraction.upperBound ? input[at] - UInt8(ascii: "0") : 0)
        }
        guard isExact, number.isNegative || milliseconds > .min else { throw unmoved(.outOfRange, to: start) }
        markRead()
        return Interval(milliseconds: number.isNegative ? milliseconds : -milliseconds)
    }
}

extension JSONReader {
    private struct Number {
        var isNegative: Bool
        /// The digits before and behind the point, as ranges of the input.
        var whole: Range<Int>
        var fraction: Range<Int>
        var hasExponent: Bool
    }

    mutating func skipNumber() throws(JSONFault) {
        _ = try passNumber()
        markRead()
    }

    /// The common case by itself: within a container, at most 18 digits and right behind them the next entry or the
    /// container's end. Nil, and nothing read, for everything else.
    private mutating func passPlainUnsigned() -> UInt64? {
        skipWhitespace()
        guard depth > 0 else { return nil }
        var index = offset
        var value: UInt64 = 0
        while index < input.count {
            let digit = input[index] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            value = value &* 10 &+ UInt64(digit)
            index &+= 1
        }
        guard 1...18 ~= index - offset, input[offset] != UInt8(ascii: "0") || index == offset + 1,
            index < input.count, input[index] == UInt8(ascii: ",") || input[index] == UInt8(ascii: "}")
        else { return nil }
        offset = index
        return value
    }

    private mutating func passDigits() throws(JSONFault) -> Range<Int> {
        let start = offset
        while let byte = peek(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            offset += 1
        }
        guard offset > start else { throw .notJSON(at: offset) }
        return start..<offset
    }

    /// RFC 8259 §6. A leading zero stands alone: what follows it is the next token's fault.
    private mutating func passNumber() throws(JSONFault) -> Number {
        let isNegative = peek() == UInt8(ascii: "-")
        if isNegative { offset += 1 }
        let whole: Range<Int>
        if peek() == UInt8(ascii: "0") {
            whole = offset..<(offset + 1)
            offset += 1
        } else {
            whole = try passDigits()
        }
        var fraction = offset..<offset
        if peek() == UInt8(ascii: ".") {
            offset += 1
            fraction = try passDigits()
        }
        let hasExponent = peek().map { $0 | 0x20 } == UInt8(ascii: "e")
        if hasExponent {
            offset += 1
            if let sign = peek(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { offset += 1 }
            _ = try passDigits()
        }
        return Number(isNegative: isNegative, whole: whole, fraction: fraction, hasExponent: hasExponent)
    }

    /// `magnitude` is nil when the number is no integer or exceeds UInt64; `start` is where to go back to.
    private mutating func passInteger() throws(JSONFault) -> (
        integer: (isNegative: Bool, magnitude: UInt64?), start: Int
    ) {
        try expect(.number)
        let start = offset
        let number = try passNumber()
        guard !number.hasExponent, number.fraction.isEmpty else { return ((number.isNegative, nil), start) }
        var magnitude: UInt64 = 0
        for byte in input[number.whole] {
            let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(UInt64(byte - UInt8(ascii: "0")))
            guard !overflow, !carry else { return ((number.isNegative, nil), start) }
            magnitude = sum
        }
        return ((number.isNegative, magnitude), start)
    }
}
