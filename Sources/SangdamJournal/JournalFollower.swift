// Whoever wants to follow the journal, can: its lines in order, from the closed segments and the growing one, at least
// once, at the consumer's own pace.
//
// Rules that it keeps
// - It reads on a queue of its own and only when it is asked for more: what is not asked for costs nothing but the files.
// - It reads no line that the journal could still lose: the writer tells up to which number lines are safe.
// - What was acknowledged is not given again, what was not is, also after a crash. The consumer acknowledges what it has
//   done, and that is synced before it is told.
// - What it holds is bounded: one batch, and the scanner's buffer.
// - Where it cannot go on it says why, and gives nothing: it never skips.

internal import Dispatch
internal import SangdamCore

/// One line as it stands in the file.
package struct FollowedLine: Sendable, Equatable {
    package let number: UInt64
    /// Without the LF.
    package let bytes: [UInt8]

    /// All that it says; throws for a kind that this version does not know.
    package func decoded() throws(LineFault) -> DecodedLine {
        let bytes = bytes
        return try bytes.span.withUnsafeBytes { bytes throws(LineFault) in try DecodedLine(line: bytes) }
    }
}

/// Lines in their order, and where in the journal the last of them ends.
package struct FollowedLines: Sendable, Equatable {
    package var lines: [FollowedLine]
    /// What to acknowledge once all of them are done.
    package var end: JournalCursor
}

// @unchecked: every variable is read and written on `queue` alone.
/// Follows one journal for one consumer.
package final class JournalFollower: @unchecked Sendable {
    /// What bounds one batch; a single line is always in it.
    package struct Limits: Sendable {
        package var lines = 1024
        package var bytes = 1 << 20

        package init() {}
    }

    package typealias Answer = @Sendable (Result<FollowedLines, FollowerError>) -> Void

    private let queue: DispatchQueue
    private let journal: Journal
    private let directory: SegmentDirectory
    private let cursorFile: CursorFile
    private let limits: Limits
    private var asked: Answer?
    private var isStopped = false
    /// Nil before the first reading, and after a fault.
    private var reading: FollowedSegments?

    /// - Parameter cursor: where the location is kept; without the file, following begins with the first line that is there.
    package init(_ journal: Journal, dataDirectory: String, cursor: CursorFile, limits: Limits = Limits()) {
        queue = DispatchQueue(label: "sangdam.follower")
        self.journal = journal
        directory = SegmentDirectory(dataDirectory: dataDirectory)
        cursorFile = cursor
        self.limits = limits
    }

    /// Asks for the next lines. `then` is called once on the follower's queue: at once when there are some, otherwise
    /// when there are; with the journal's error once it has failed and no more are there, with `stopped` once it is
    /// closed. Asked again only then. After a fault the next question begins behind what was acknowledged.
    package func next(_ then: @escaping Answer) {
        queue.async { self.ask(then) }
    }

    /// Everything up to the cursor is done: once `then` is told of no error, it will never be given again. On the
    /// follower's queue.
    package func acknowledge(_ cursor: JournalCursor, _ then: @escaping @Sendable (FollowerError?) -> Void) {
        queue.async {
            do throws(FollowerError) {
                try self.cursorFile.write(cursor)
                then(nil)
            } catch {
                then(error)
            }
        }
    }

    /// Forgets the location: the next question begins with the first line that is there.
    package func beginAnew(_ then: @escaping @Sendable (FollowerError?) -> Void) {
        queue.async {
            self.reading = nil
            do throws(FollowerError) {
                try self.cursorFile.remove()
                then(nil)
            } catch {
                then(error)
            }
        }
    }

    /// Answers a question that waits for lines with `stopped`, and every later one. Blocks until that is done;
    /// must not be called on the follower's queue.
    package func stop() {
        dispatchPrecondition(condition: .notOnQueue(queue))
        queue.sync {
            isStopped = true
            reading = nil
            answer(.failure(.stopped))
        }
    }

    // MARK: On the queue

    private func ask(_ then: @escaping Answer) {
        precondition(asked == nil, "the follower is asked again before it has answered")
        asked = then
        read()
    }

    private func answer(_ result: Result<FollowedLines, FollowerError>) {
        guard let then = asked else { return }
        asked = nil
        then(result)
    }

    private func read() {
        guard asked != nil else { return }
        guard !isStopped else { return answer(.failure(.stopped)) }
        // The ending first: what became safe before it is given before it is told.
        let ending = journal.ending
        let safe = journal.safeNumber
        do throws(FollowerError) {
            if reading == nil {
                reading = try FollowedSegments(directory, behind: try cursorFile.read(), through: safe)
            }
            let batch = try reading?.batch(through: safe, limits)
            if let batch { return answer(.success(batch)) }
            switch ending {
            case .failed(let error): throw .journal(error)
            case .closed: throw .stopped
            case nil: wait()
            }
        } catch {
            reading = nil
            answer(.failure(error))
        }
    }

    /// Goes on once there is another line, or never will be.
    private func wait() {
        let next = reading?.nextNumber ?? 1
        journal.afterSafe(next) { [weak self] in
            guard let self else { return }
            queue.async { self.read() }
        }
    }
}
