// What a journal is told when it is opened, and what it tells while it works.

package import SangdamCore

/// When a record counts as safe (Durability.md#The-three-settings).
package enum Durability: String, Sendable, CaseIterable {
    /// Once `fdatasync` has returned success.
    case commit
    /// As soon as the journal has it; given to the kernel within `gatherMilliseconds`, synced in regular intervals.
    case interval
    /// As soon as the journal has it; given to the kernel within `gatherMilliseconds`, which writes when it likes.
    case none
}

/// Where a journal is and how it keeps its promise (Durability.md#What-an-ack-promises).
package struct JournalConfiguration: Sendable {
    /// `DATA`: the journal is in its folder `journal`, the lock in its file `lock`.
    package var dataDirectory: String
    package var durability = Durability.commit
    /// A segment past this size is followed by a new one.
    package var segmentBytes = 64 << 20
    /// For `Durability.interval`.
    package var intervalMilliseconds = 100
    /// For `Durability.interval` and `.none`: what comes within this time is written at once, in one piece. A killed
    /// process can lose so much time's records, in spite of a kernel that lives on.
    package var gatherMilliseconds = 5
    /// How often a full disk is tried again.
    package var retryMilliseconds = 1000
    /// Bytes accepted but not yet in the file, for a disk that is slow or full: past it `hasRoom` is false.
    package var pendingLimitBytes = 64 << 20
    /// Makes the name of a journal that has none yet: one that is begun, or one of format 1.
    package var makeEpoch: @Sendable (Instant) -> JournalEpoch = { instant in
        var random = SystemRandomNumberGenerator()
        return JournalEpoch(at: instant, random: &random)
    }
    package var observer: (any JournalObserver)?
    package var disk: any JournalDisk = SystemDisk()
    /// Makes the queue on which the journal blocks on the disk.
    package var makeQueue: @Sendable () -> any JournalQueue = { DispatchJournalQueue(label: "sangdam.journal") }

    package init(dataDirectory: String) {
        self.dataDirectory = dataDirectory
    }
}

/// Counts what the journal does. Called on the journal's queue: must not block.
package protocol JournalObserver: Sendable {
    /// One write with its sync took this long.
    func commitSeconds(_ seconds: Double)
    func bytes(_ count: Int)
    /// A write or a sync failed, a full disk included.
    func errorOccurred()
}

/// Stands for everything that was appended up to one `commit()`.
package struct JournalTicket: Sendable, Hashable, Comparable {
    package let rawValue: UInt64

    package init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// Before the first commit: always durable.
    package static let start = JournalTicket(rawValue: 0)
    /// For what was dropped after a failure: never durable, never written.
    package static let never = JournalTicket(rawValue: .max)

    package static func < (left: JournalTicket, right: JournalTicket) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// What becomes of what was committed; told in order on the journal's queue.
package enum JournalProgress: Sendable, Equatable {
    /// `Durability.commit` only: everything up to this ticket has been synced. In the other modes a ticket is durable
    /// when `commit()` returns it, and nothing is told.
    case durable(JournalTicket)
    /// No room on the disk or no descriptor for a new file, or `hasRoom` said no for another reason: accept nothing
    /// until `storageBack`. What was committed is kept and goes on being tried.
    case storageFull
    /// There is room again, or it was only a slow disk that had to catch up. Told after each `storageFull` and never
    /// without it.
    case storageBack
    /// The end: nothing becomes durable any more. After a failed sync the process must exit with 74.
    case failed(JournalError)
}

/// One thing that replay found, oldest first.
package enum RecoveredItem: Sendable, Equatable {
    /// A part of the checkpoint that replay begins with.
    case checkpoint(CheckpointPart)
    case record(Record)
}

/// What opening a journal found.
package struct RecoveryReport: Sendable, Equatable {
    /// What was removed from the end of the last segment.
    package struct Cut: Sendable, Equatable {
        package let file: String
        package let bytes: Int64
        package let why: String
    }

    /// Segments there are, and how many of them were replayed.
    package var segments = 0
    package var segmentsReplayed = 0
    /// Lines read, with those of checkpoints.
    package var linesReplayed: UInt64 = 0
    /// The n of the last line; 0 when there is none.
    package var lastNumber: UInt64 = 0
    package var lastAt: Instant?
    /// The incomplete or invalid final record that was removed.
    package var cut: Cut?
}
