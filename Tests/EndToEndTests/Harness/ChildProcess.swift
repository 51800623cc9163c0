// Programs that a test runs beside itself, with pipes. Whoever starts one also ends it: `withChild` does so whatever
// happens, and what is left when the test run itself goes is killed by its pid.
//
// By posix_spawn and blocking reads on threads of their own, the plainest means there are: a test must not fail because
// of the machinery that it watches with.

import Foundation
import Glibc
import SangdamNet
import Synchronization

/// A program with pipes to its three streams, in a process group of its own.
final class ChildProcess: Sendable {
    struct State: Sendable {
        var output: [UInt8] = []
        var errors: [UInt8] = []
        /// Of the two streams above.
        var openStreams = 2
        /// 128 + the signal's number when a signal ended it.
        var exitStatus: Int32?
        /// What `expect` has gone past in the output.
        var read = 0
        var isInputOpen = true
    }

    let name: String
    let processID: pid_t
    let state = Watched(State())
    private let input: Int32

    /// All that run, for the end of the test run.
    private static let running = Mutex<Set<pid_t>>([])
    private static let spawning = Mutex(())
    private static let prepared: Void = {
        ignoreBrokenPipeSignals()
        atexit { for processID in ChildProcess.running.withLock({ $0 }) { kill(-processID, SIGKILL) } }
    }()

    /// - Parameter environment: added to that of the test run.
    init(_ command: String, _ arguments: [String], environment: [String: String] = [:], in folder: String? = nil) throws
    {
        _ = Self.prepared
        name = ([command.split(separator: "/").last.map(String.init) ?? command] + arguments.prefix(2)).joined(
            separator: " ")
        // A crash in a test that means one is quick, and says no more than it must.
        var variables = ProcessInfo.processInfo.environment
        for name in variables.keys where name.hasPrefix("SANGDAM_") { variables[name] = nil }
        variables["SWIFT_BACKTRACE"] = "enable=no"
        variables.merge(environment) { _, new in new }
        let words = (folder.map { ["env", "-C", $0] } ?? []) + [command] + arguments
        // One at a time, or a program could inherit another's pipe before it is marked as private, and keep it open.
        let (streams, processID) = try Self.spawning.withLock { _ in
            let streams = try (Self.pipe(), Self.pipe(), Self.pipe())
            let processID = try Self.spawn(
                words, variables, stdin: streams.0.read, stdout: streams.1.write, stderr: streams.2.write)
            for end in [streams.0.read, streams.1.write, streams.2.write] { close(end) }
            return (streams, processID)
        }
        self.processID = processID
        input = streams.0.write
        _ = Self.running.withLock { $0.insert(processID) }
        let state = state
        Self.read(streams.1.read) { bytes in
            state.update { $0.output.append(contentsOf: bytes) }
        } over: {
            state.update { $0.openStreams -= 1 }
        }
        Self.read(streams.2.read) { bytes in
            state.update { $0.errors.append(contentsOf: bytes) }
        } over: {
            state.update { $0.openStreams -= 1 }
        }
        Thread.detachNewThread {
            var status: Int32 = 0
            while waitpid(processID, &status, 0) < 0, errno == EINTR {}
            _ = Self.running.withLock { $0.remove(processID) }
            let signal = status & 0x7F
            state.update { $0.exitStatus = signal == 0 ? status >> 8 & 0xFF : 128 + signal }
        }
    }

    deinit {
        close(input)
    }

    private static func pipe() throws -> (read: Int32, write: Int32) {
        var ends: [Int32] = [-1, -1]
        guard Glibc.pipe(&ends) == 0 else { throw TestFailure("no pipe: errno \(errno)") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    private static func spawn(
        _ command: [String], _ variables: [String: String], stdin: Int32, stdout: Int32, stderr: Int32
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (place, end) in [stdin, stdout, stderr].enumerated() {
            posix_spawn_file_actions_adddup2(&actions, end, Int32(place))
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigaddset(&signals, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
        var texts = command.map { strdup($0) } + [nil]
        var environment = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in texts + environment { free(text) } }
        var processID: pid_t = 0
        let failure = posix_spawnp(&processID, command[0], &actions, &attributes, &texts, &environment)
        guard failure == 0 else { throw TestFailure("\(command[0]) cannot be started: errno \(failure)") }
        return processID
    }

    private static func read(
        _ end: Int32, _ take: @escaping @Sendable (ArraySlice<UInt8>) -> Void, over: @escaping @Sendable () -> Void
    ) {
        Thread.detachNewThread {
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = Glibc.read(end, &buffer, buffer.count)
                if count > 0 { take(buffer[..<count]) } else if count == 0 || errno != EINTR { break }
            }
            close(end)
            over()
        }
    }

    // MARK: Talking to it

    func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(input, $0.baseAddress, $0.count) }
            // It may have gone, which what is expected next will say.
            guard count > 0 || errno == EINTR else { return }
            rest = rest.dropFirst(max(0, count))
        }
    }

    func type(_ line: String) {
        write(Array("\(line)\n".utf8))
    }

    /// Ctrl-D.
    func endInput() {
        state.update { state in
            // The number stays taken until deinit, so that nobody else's descriptor is ever closed by mistake.
            if state.isInputOpen { dup2(Self.nothing, input) }
            state.isInputOpen = false
        }
    }

    private static let nothing = open("/dev/null", O_WRONLY | O_CLOEXEC)

    /// Waits for `text` in what it prints after what was expected before; gives the whole line.
    @discardableResult
    func expect(_ text: String, within seconds: Double = 20) async throws -> String {
        let wanted = Array(text.utf8)
        let line: String? = await state.take(within: seconds) { state in
            guard let found = Self.range(of: wanted, in: state.output[state.read...]) else { return nil }
            guard let end = state.output[found.upperBound...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
            let start = state.output[..<found.lowerBound].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            state.read = end
            return String(decoding: state.output[start..<end], as: UTF8.self)
        }
        guard let line else { throw TestFailure("\(name) did not print “\(text)” within \(seconds) s. \(record)") }
        return line
    }

    /// Waits for it to end by itself.
    func exitStatus(within seconds: Double = 20) async throws -> Int32 {
        guard await state.wait(within: seconds, until: { $0.exitStatus != nil && $0.openStreams == 0 }),
            let status = state.value.exitStatus
        else { throw TestFailure("\(name) still runs after \(seconds) s. \(record)") }
        return status
    }

    var output: String { String(decoding: state.value.output, as: UTF8.self) }
    var errors: String { String(decoding: state.value.errors, as: UTF8.self) }

    /// For failures: what it has printed, the last of it.
    var record: String {
        "It printed:\n\(output.suffix(6_000))\n… and on stderr:\n\(errors.suffix(4_000))"
    }

    // MARK: Ending it

    func signal(_ number: Int32) {
        guard state.value.exitStatus == nil else { return }
        kill(processID, number)
    }

    /// With everything that it started, such as what strace runs.
    private func killGroup() {
        guard state.value.exitStatus == nil else { return }
        kill(-processID, SIGKILL)
    }

    /// Ends it at once, if it has not ended.
    func killNow() async {
        killGroup()
        _ = await state.wait(within: 10) { $0.exitStatus != nil && $0.openStreams == 0 }
        endInput()
    }

    private static func range(of wanted: [UInt8], in bytes: ArraySlice<UInt8>) -> Range<Int>? {
        guard let first = wanted.first else { return bytes.startIndex..<bytes.startIndex }
        var place = bytes.startIndex
        while let found = bytes[place...].firstIndex(of: first), found + wanted.count <= bytes.endIndex {
            if bytes[found..<found + wanted.count].elementsEqual(wanted) { return found..<found + wanted.count }
            place = found + 1
        }
        return nil
    }
}

/// Runs a program for as long as `body` takes, and ends it whatever happens.
@discardableResult
func withChild<Result>(
    _ command: String, _ arguments: [String], environment: [String: String] = [:],
    _ body: (ChildProcess) async throws -> Result
) async throws -> Result {
    let child = try ChildProcess(command, arguments, environment: environment)
    do {
        let result = try await body(child)
        await child.killNow()
        return result
    } catch {
        await child.killNow()
        throw error
    }
}

/// Runs a program to its end with `input` as its standard input.
func run(
    _ command: String, _ arguments: [String], input: String = "", environment: [String: String] = [:],
    in folder: String? = nil, within seconds: Double = 30
) async throws -> (status: Int32, output: String, errors: String) {
    let child = try ChildProcess(command, arguments, environment: environment, in: folder)
    if !input.isEmpty { child.write(Array(input.utf8)) }
    child.endInput()
    do {
        let status = try await child.exitStatus(within: seconds)
        return (status, child.output, child.errors)
    } catch {
        await child.killNow()
        throw error
    }
}
