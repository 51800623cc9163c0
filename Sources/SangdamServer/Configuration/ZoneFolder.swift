// Where this machine keeps its time zones: Debian's package tzdata puts them into /usr/share/zoneinfo, and TZDIR names
// another folder, as for every program that uses the C library's.

internal import Glibc
internal import SangdamHours

struct ZoneFolder {
    /// Why a name leads to no zone, as the end of a sentence that begins with it.
    struct Fault: Error {
        let message: String
    }

    private static let limitBytes = 1 << 20

    let path: String

    init(environment: [String: String]) {
        path = environment["TZDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/usr/share/zoneinfo"
    }

    func zone(named name: String) throws(Fault) -> Zone {
        guard access(path, R_OK | X_OK) == 0 else {
            throw Fault(
                message: "cannot be looked up: there is no zone data in \(path). Install the package tzdata")
        }
        guard Zone.isName(name) else { throw Fault(message: "is no time zone; one is like `Asia/Seoul`") }
        do throws(FileReadError) {
            let bytes = try readFile(path + "/" + name, limitBytes: Self.limitBytes).bytes
            return try Self.zone(name, bytes)
        } catch {
            guard [ENOENT, ENOTDIR, EISDIR].contains(error.code) else {
                throw Fault(message: "cannot be read from \(path): \(error)")
            }
            let hint = suggestion(for: name, among: names).map { "did you mean `\($0)`?" } ?? "one is like `Asia/Seoul`"
            throw Fault(message: "is no time zone of this machine (\(hint))")
        }
    }

    private static func zone(_ name: String, _ bytes: [UInt8]) throws(FileReadError) -> Zone {
        do {
            return try Zone(name: name, tzif: bytes)
        } catch {
            throw FileReadError(code: 0, description: "its data is broken (\(error))")
        }
    }

    /// Those that the package lists, for suggestions; none where it has no list.
    private var names: [String] {
        guard let list = try? readFile(path + "/tzdata.zi", limitBytes: Self.limitBytes).bytes else { return [] }
        // `Z Asia/Seoul 8:27:52 …` begins a zone, `L Asia/Seoul ROK` gives it another name.
        return String(decoding: list, as: UTF8.self).split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ", maxSplits: 3)
            switch (words.first, words.count) {
            case ("Z", 2...): return String(words[1])
            case ("L", 3...): return String(words[2])
            default: return nil
            }
        }
    }
}
