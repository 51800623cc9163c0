// The desk's tables against a plain dictionary: whatever is put in, changed and taken out, both hold the same.

import Testing

@testable import SangdamCore
@testable import SimulationSupport

@Suite struct TableTests {
    /// Many of them want the same slot.
    private struct Key: TableKey {
        let number: Int

        var spread: UInt64 { UInt64(number / 5) }
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func holdsWhatADictionaryHolds(seed: UInt64) {
        var random = Seeded(seed)
        var table = Table<Key, String>()
        var model: [Key: String] = [:]
        for step in 0..<2_000 {
            let key = Key(number: Int.random(in: 0..<40, using: &random))
            switch Int.random(in: 0..<6, using: &random) {
            case 0, 1:
                table[key] = "\(step)"
                model[key] = "\(step)"
            case 2:
                table[key]?.append("+")
                model[key]?.append("+")
            case 3:
                table[key] = nil
                model[key] = nil
            case 4:
                if let index = table.index(of: key) { table.remove(at: index) }
                model[key] = nil
            default:
                if let index = table.index(of: key) { table.entries[index] += "!" }
                model[key]? += "!"
            }
            #expect(table[key] == model[key], "seed \(seed), step \(step)")
            #expect(table.count == model.count && table.isEmpty == model.isEmpty)
        }
        #expect(Dictionary(uniqueKeysWithValues: table.map { ($0, $1) }) == model)
        #expect(Dictionary(uniqueKeysWithValues: zip(table.keys, table.values)) == model)
    }

    @Test func theOrderIsNoDifference() {
        var left = Table<Key, String>()
        var right = Table<Key, String>()
        for key in 1...3 { left[Key(number: key)] = "\(key)" }
        for key in [3, 9, 1, 2] { right[Key(number: key)] = "\(key)" }
        #expect(left != right)
        right[Key(number: 9)] = nil
        #expect(left == right)
        right[Key(number: 2)] = "two"
        #expect(left != right)
    }
}
