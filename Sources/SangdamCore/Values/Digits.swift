// Decimal digits two at a time from a table, hexadecimal ones eight at a time in a word, written through a pointer. The
// caller has made room.

/// Writes `value`, which must be below 100, as two digits.
@inlinable
@inline(__always)
public func writePair(_ value: UInt32, to destination: UnsafeMutablePointer<UInt8>) {
    // 00 to 99, one after the other. A literal: reading it needs no initialised global.
    let pairs: StaticString = """
        00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354\
        555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899
        """
    let pair = UnsafeRawPointer(pairs.utf8Start).loadUnaligned(fromByteOffset: 2 * Int(value), as: UInt16.self)
    UnsafeMutableRawPointer(destination).storeBytes(of: pair, as: UInt16.self)
}

/// 128 bits as 32 lower-case hex digits, in memory one behind the other.
package func hexDigits(_ high: UInt64, _ low: UInt64) -> SIMD4<UInt64> {
    SIMD4(
        hexDigits(UInt32(truncatingIfNeeded: high >> 32)).bigEndian,
        hexDigits(UInt32(truncatingIfNeeded: high)).bigEndian,
        hexDigits(UInt32(truncatingIfNeeded: low >> 32)).bigEndian,
        hexDigits(UInt32(truncatingIfNeeded: low)).bigEndian)
}

/// Writes `digits`, as `hexDigits` makes them.
@inlinable
@inline(__always)
public func writeHex(_ digits: SIMD4<UInt64>, to destination: UnsafeMutablePointer<UInt8>) {
    UnsafeMutableRawPointer(destination).storeBytes(of: digits, as: SIMD4<UInt64>.self)
}

/// Eight digits in a word, the first in its highest byte.
@inline(__always)
private func hexDigits(_ value: UInt32) -> UInt64 {
    // One nibble into each byte, in three steps that each double the distance.
    var nibbles = UInt64(value)
    nibbles = (nibbles << 16 | nibbles) & 0x0000_FFFF_0000_FFFF
    nibbles = (nibbles << 8 | nibbles) & 0x00FF_00FF_00FF_00FF
    nibbles = (nibbles << 4 | nibbles) & 0x0F0F_0F0F_0F0F_0F0F
    // 1 in each byte that is a letter: from ten on, adding six carries into the upper half.
    let letters = (nibbles &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
    // Letters lie 39 further on: 32 + 8 - 1, because a vector of words cannot be multiplied in one instruction.
    return nibbles &+ 0x3030_3030_3030_3030 &+ (letters << 5) &+ (letters << 3) &- letters
}
