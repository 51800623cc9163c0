// The `process_…` metrics that every Prometheus client has, read from /proc/self at each scrape.

internal import Glibc

extension MetricsRegistry {
    /// Declares the process metrics and collects them from now on.
    package func declareProcessMetrics() {
        declareCounter("process_cpu_seconds_total", help: "Total user and system CPU time spent in seconds.")
        declareGauge("process_resident_memory_bytes", help: "Resident memory size in bytes.")
        declareGauge("process_virtual_memory_bytes", help: "Virtual memory size in bytes.")
        declareGauge("process_open_fds", help: "Number of open file descriptors.")
        declareGauge("process_max_fds", help: "Maximum number of open file descriptors.")
        declareGauge(
            "process_start_time_seconds", help: "Start time of the process since unix epoch in seconds.")
        let ticks = Double(max(1, sysconf(Int32(_SC_CLK_TCK))))
        let page = Double(sysconf(Int32(_SC_PAGESIZE)))
        let boot = bootTimeSeconds() ?? 0
        collect { sample in
            if let usage = ProcessUsage.read() {
                sample.set("process_cpu_seconds_total", to: Double(usage.cpuTicks) / ticks)
                sample.set("process_resident_memory_bytes", to: Double(usage.residentPages) * page)
                sample.set("process_virtual_memory_bytes", to: Double(usage.virtualBytes))
                sample.set("process_start_time_seconds", to: boot + Double(usage.startTicks) / ticks)
            }
            if let count = openDescriptors() { sample.set("process_open_fds", to: Double(count)) }
            var limit = rlimit()
            if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
                sample.set("process_max_fds", to: Double(limit.rlim_cur))
            }
        }
    }
}

/// The fields of /proc/self/stat that matter here (proc(5)).
struct ProcessUsage: Equatable {
    var cpuTicks: UInt64
    var startTicks: UInt64
    var virtualBytes: UInt64
    var residentPages: UInt64

    static func read() -> ProcessUsage? {
        readProcFile("/proc/self/stat").flatMap { ProcessUsage(stat: $0) }
    }

    /// The command's name stands in parentheses and may hold anything, also blanks and parentheses: the fields begin
    /// behind the last one.
    init?(stat: [UInt8]) {
        guard let end = stat.lastIndex(of: UInt8(ascii: ")")) else { return nil }
        let fields = stat[(end + 1)...].split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
        // Field 3 of proc(5), the state, is the first behind the name.
        func field(_ number: Int) -> UInt64? {
            let index = number - 3
            return fields.indices.contains(index) ? UInt64(String(decoding: fields[index], as: UTF8.self)) : nil
        }
        guard let user = field(14), let system = field(15), let start = field(22), let virtual = field(23),
            let resident = field(24)
        else { return nil }
        cpuTicks = user &+ system
        startTicks = start
        virtualBytes = virtual
        residentPages = resident
    }
}

/// When the machine started, from the line `btime` of /proc/stat.
private func bootTimeSeconds() -> Double? {
    guard let bytes = readProcFile("/proc/stat") else { return nil }
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
        let words = line.split(separator: UInt8(ascii: " "))
        if words.count == 2, words[0].elementsEqual("btime".utf8) {
            return Double(String(decoding: words[1], as: UTF8.self))
        }
    }
    return nil
}

/// Descriptors open now, without the one that counting needs.
private func openDescriptors() -> Int? {
    guard let directory = opendir("/proc/self/fd") else { return nil }
    defer { closedir(directory) }
    var count = 0
    while let entry = readdir(directory) {
        if entry.pointee.d_name.0 != CChar(bitPattern: UInt8(ascii: ".")) { count += 1 }
    }
    return count - 1
}

private func readProcFile(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while true {
        let count = read(descriptor, &chunk, chunk.count)
        if count < 0 {
            if errno == EINTR { continue }
            return nil
        }
        if count == 0 { return bytes }
        bytes.append(contentsOf: chunk[..<count])
    }
}
