// The fields of an `erased` line, in. Nothing writes such lines yet; every reader knows what they mean.

internal import SangdamCore
internal import SangdamJSON

extension JSONReader {
    /// - Parameter number: the line's own: it can name older lines only.
    mutating func erasure(before number: UInt64) throws -> Erasure {
        var lines: [UInt64]?
        var by: Text?
        while let key = try nextKey() {
            switch key {
            case "lines": lines = try list { try $0.count("lines") }
            case "by": by = try text()
            default: try skipValue()
            }
        }
        let names = try required(lines, "lines")
        guard let last = names.max() else { throw LineFault.badValue("lines") }
        guard last < number else {
            throw LineFault.inconsistent(
                last == number ? "it names itself as erased" : "it names line \(last) as erased, which comes later")
        }
        guard !names.contains(0), Set(names).count == names.count else {
            throw LineFault.inconsistent("it names a line twice as erased, or one that cannot be")
        }
        return Erasure(lines: names, by: by)
    }
}
