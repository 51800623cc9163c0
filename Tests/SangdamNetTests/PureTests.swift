// The parts without input and output: ids, the heap of deadlines, the output buffer.

import Testing

@testable import SangdamNet

@Suite struct PureTests {
    @Test func idKeepsItsPartsApart() {
        let id = ConnectionID(reactorIndex: 255, slot: 0xFF_FFFF, generation: 0xFFFF_FFFF)
        #expect(id.rawValue == .max)
        let other = ConnectionID(reactorIndex: 3, slot: 0x12_3456, generation: 7)
        #expect(other.reactorIndex == 3 && other.slot == 0x12_3456 && other.generation == 7)
        #expect(ConnectionID(rawValue: other.rawValue) == other)
    }

    /// Against a plain table: thousands of random moves, and no deadline comes early, late or twice.
    @Test(arguments: [UInt64(1), 2, 3]) func heapAgreesWithATable(seed: UInt64) {
        var random = Random(state: seed)
        var heap = DeadlineHeap()
        var table: [UInt32: UInt64] = [:]
        var now: UInt64 = 0
        for _ in 0..<20_000 {
            let slot = UInt32(random.next() % 64)
            switch random.next() % 4 {
            case 0:
                heap.set(slot, to: nil)
                table[slot] = nil
            case 1:
                now += random.next() % 50
                var due: Set<UInt32> = []
                while let slot = heap.popDue(at: now) { #expect(due.insert(slot).inserted) }
                #expect(due == Set(table.filter { $0.value <= now }.keys))
                table = table.filter { $0.value > now }
                if let least = table.values.min() { #expect((heap.earliest ?? .max) <= least) }
                if let earliest = heap.earliest { #expect(earliest > now) }
            default:
                let time = now + random.next() % 1_000
                heap.set(slot, to: time)
                table[slot] = time
            }
        }
    }

    @Test func bufferKeepsOrderAndGivesMemoryBack() {
        var buffer = OutputBuffer()
        var expected: [UInt8] = []
        for round in 0..<200 {
            let length = round % 10 == 9 ? round * 500 : round * 7 % 90  // now and then more than a block
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 / 251 + round) }
            buffer.append(bytes)
            [UInt8(round)].withUnsafeBytes { buffer.append($0) }
            expected += bytes + [UInt8(round)]
            let gone = min(expected.count, round % 20 == 19 ? 40_000 : 30)
            let front = Array(buffer.front.prefix(gone))
            #expect(front == Array(expected.prefix(front.count)))
            #expect(!front.isEmpty)
            buffer.consume(gone)
            expected.removeFirst(gone)
            let (count, memory) = (buffer.count, buffer.memoryBytes)
            #expect(count == expected.count)
            #expect(memory >= count && memory <= count + 16_384 + 4_096, "\(memory) for \(count)")
        }
        var rest: [UInt8] = []
        while !buffer.isEmpty {
            rest += buffer.front
            buffer.consume(buffer.front.count)
        }
        #expect(rest == expected)
        let (isEmpty, memory) = (buffer.isEmpty, buffer.memoryBytes)
        #expect(isEmpty && memory == 0)
    }
}

/// A small generator with a seed (splitmix64), so that a failure can be repeated.
struct Random: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
