// Whether a queue is open, out and in: the kind `hours`, and the list in a checkpoint's head.

internal import SangdamCore
internal import SangdamJSON

extension JSONWriter {
    /// `"queue":"general","open":true,"by":"kim","until":"…"`; `by` stands there if somebody has decided it.
    mutating func fields(of hours: HoursRecord) {
        field("queue", hours.queue)
        field("open", hours.isOpen)
        field("by", hours.override?.by)
        field("until", hours.override?.until)
    }

    /// Nothing where all queues are open.
    mutating func field(_ key: StaticString, _ hours: [HoursRecord]) {
        guard !hours.isEmpty else { return }
        self.key(key)
        beginArray()
        for entry in hours {
            beginObject()
            fields(of: entry)
            endObject()
        }
        endArray()
    }
}

extension JSONReader {
    /// Reads to the end of the object.
    mutating func hoursRecord() throws -> HoursRecord {
        var queue: QueueID?
        var isOpen: Bool?
        var by: Text?
        var until: Instant?
        while let key = try nextKey() {
            switch key {
            case "queue": queue = try name("queue")
            case "open": isOpen = try bool()
            case "by": by = try text()
            case "until": until = try instant("until")
            default: try skipValue()
            }
        }
        guard by != nil || until == nil else { throw LineFault.missing("by") }
        return HoursRecord(
            queue: try required(queue, "queue"), isOpen: try required(isOpen, "open"),
            override: by.map { HoursOverride(until: until, by: $0) })
    }
}
