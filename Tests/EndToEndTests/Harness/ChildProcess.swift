// Programs that a test runs beside itself, with pipes. Whoever starts one also ends it: `withChild` does so whatever
// happens, and what is left when the test run itself goes is killed by its pid.

import Foundation
import SangdamNet
import Synchronization

/// A program with pipes to its three streams.
final class ChildProcess: Sendable {
    struct State: Sendable {
        var output: [UInt8] = []
        var errors: [UInt8] = []
        var isOutputOver = false
        var isErrorsOver = false
        /// 128 + the signal's number when a signal ended it.
        var exitStatus: Int32?
        /// What `expect` has gone past in the output.
        var read = 0
    }

    let name: String
    let processID: pid_t
    let state = Watched(State())
    private let process: Process
    private let input: FileHandle

    /// All that run, for the end of the test run.
    private static let running = Mutex<Set<pid_t>>([])
    private static let prepared: Void = {
        ignoreBrokenPipeSignals()
        atexit { for processID in ChildProcess.running.withLock({ $0 }) { kill(processID, SIGKILL) } }
    }()

    /// - Parameter environment: added to that of the test run.
    init(_ command: String, _ arguments: [String], environment: [String: String] = [:], in folder: String? = nil) throws {
        _ = Self.prepared
        name = ([command.split(separator: "/").last.map(String.init) ?? command] + arguments.prefix(2)).joined(separator: " ")
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [command] + arguments
        // A crash in a test that means one is quick, and says no more than it must.
        var variables = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { old, _ in old }
        for name in variables.keys where name.hasPrefix("SANGDAM_") { variables[name] = nil }
        process.environment = variables.merging(environment) { _, new in new }
        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
        let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
        process.standardInput = stdin
        process.standardOutput = stdout
        process.standardError = stderr
        input = stdin.fileHandleForWriting
        Self.read(stdout) { [state] data in
            state.update {
                $0.output.append(contentsOf: data)
                $0.isOutputOver = data.isEmpty
            }
        }
        Self.read(stderr) { [state] data in
            state.update {
                $0.errors.append(contentsOf: data)
                $0.isErrorsOver = data.isEmpty
            }
        }
        process.terminationHandler = { [state] process in
            Self.running.withLock { _ = $0.remove(process.processIdentifier) }
            let status = process.terminationStatus
            state.update { $0.exitStatus = process.terminationReason == .uncaughtSignal ? 128 + status : status }
        }
        try process.run()
        processID = process.processIdentifier
        if process.isRunning { Self.running.withLock { _ = $0.insert(processID) } }
    }

    private static func read(_ pipe: Pipe, _ take: @escaping @Sendable (Data) -> Void) {
        pipe.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            if data.isEmpty { handle.readabilityHandler = nil }
            take(data)
        }
    }

    // MARK: Talking to it

    func write(_ bytes: [UInt8]) {
        // It may have gone, which what is expected next will say.
        try? input.write(contentsOf: Data(bytes))
    }

    func type(_ line: String) {
        write(Array("\(line)\n".utf8))
    }

    /// Ctrl-D.
    func endInput() {
        try? input.close()
    }

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
        guard await state.wait(within: seconds, until: { $0.exitStatus != nil && $0.isOutputOver && $0.isErrorsOver }),
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

    /// Ends it at once, if it has not ended.
    func killNow() async {
        signal(SIGKILL)
        _ = await state.wait(within: 10) { $0.exitStatus != nil }
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
