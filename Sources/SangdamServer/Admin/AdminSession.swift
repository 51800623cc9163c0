// One connection of the admin port: plain HTTP/1.1, `GET` and `HEAD` of three resources, keep-alive, one answer at a
// time and in order; and only for whoever calls the port by one of its own names.

internal import SangdamCore
internal import SangdamMetrics
internal import SangdamNet
internal import SangdamWire

/// Confined to its reactor.
final class AdminSession: ConnectionHandler {
    /// Without a whole request for this long the connection is closed; 408 if one had begun
    /// (Limits.md#HTTP-and-WebSocket).
    private static let idleMilliseconds = 10_000
    /// Pipelined bytes kept while an answer is on its way; past it nothing more is answered.
    private static let unreadLimitBytes = 16 * 1024

    private let connection: Connection
    private let scrape: Scrape
    private let readiness: Readiness
    private let hosts: AdminHosts
    private let metrics: EdgeMetrics
    private var reader = HTTPRequestReader()
    private var unread: [UInt8] = []
    private var isAnswering = false
    private var isOver = false

    init(
        _ connection: Connection, scrape: Scrape, readiness: Readiness, hosts: AdminHosts, metrics: EdgeMetrics
    ) {
        self.connection = connection
        self.scrape = scrape
        self.readiness = readiness
        self.hosts = hosts
        self.metrics = metrics
    }

    func connectionOpened(_ connection: Connection) {
        connection.reactor.attachment = connection.reactor.attachment ?? AdminSessions()
        (connection.reactor.attachment as? AdminSessions)?.byID[connection.id] = self
        connection.setDeadline(inMilliseconds: Self.idleMilliseconds)
    }

    func connection(_ connection: Connection, received bytes: UnsafeRawBufferPointer) {
        guard !isOver else { return }
        if isAnswering {
            unread.append(contentsOf: bytes)
            if unread.count > Self.unreadLimitBytes { end() }
            return
        }
        read(bytes)
    }

    func connectionDeadline(_ connection: Connection) {
        guard !isAnswering else {
            connection.setDeadline(inMilliseconds: Self.idleMilliseconds)
            return
        }
        if reader.isWithinHead {
            let response = HTTPResponse(status: .requestTimeout, text: "The request took too long.")
            send(response, isHead: false, keepsAlive: false)
        }
        end()
    }

    /// A client that shuts down its output still wants its answer.
    func connectionEndedInput(_ connection: Connection) -> EndOfInputAction {
        guard isAnswering else { return .close }
        isOver = true
        return .keepOutput
    }

    func connectionClosed(_ connection: Connection, _ reason: CloseReason) {
        (connection.reactor.attachment as? AdminSessions)?.byID[connection.id] = nil
    }

    // MARK: Requests

    private func read(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes
        do throws(HTTPFault) {
            while !isOver, !isAnswering, let head = try reader.next(&rest) { answer(head) }
            unread.append(contentsOf: rest)
        } catch {
            send(HTTPResponse(status: error.status, text: error.status.reason), isHead: false, keepsAlive: false)
            end()
        }
    }

    private func answer(_ head: HTTPRequestHead) {
        connection.setDeadline(inMilliseconds: Self.idleMilliseconds)
        if let foreign = hosts.foreignHost(in: head.authority) {
            metrics.refusedForeign(host: foreign)
            finish(HTTPResponse(status: .misdirectedRequest, text: AdminHosts.refusal), to: head)
            return
        }
        switch head.path {
        case "/metrics": sendMetrics(head)
        case "/healthz": finish(HTTPResponse(status: .ok, text: "alive"), to: head)
        case "/readyz": finish(readyResponse(), to: head)
        default: finish(HTTPResponse(status: .notFound, text: "Here are /metrics, /healthz and /readyz."), to: head)
        }
    }

    private func readyResponse() -> HTTPResponse {
        let obstacles = readiness.inTheWay
        if obstacles.isEmpty { return HTTPResponse(status: .ok, text: "ready") }
        return HTTPResponse(status: .serviceUnavailable, text: obstacles.joined(separator: ", "))
    }

    private func sendMetrics(_ head: HTTPRequestHead) {
        isAnswering = true
        let (reactor, id) = (connection.reactor, connection.id)
        scrape.text { text in
            reactor.post { reactor in
                (reactor.attachment as? AdminSessions)?.byID[id]?.sendMetrics(text, to: head)
            }
        }
    }

    private func sendMetrics(_ text: [UInt8], to head: HTTPRequestHead) {
        isAnswering = false
        var response = HTTPResponse(status: .ok)
        response.setBody(text, contentType: expositionContentType)
        finish(response, to: head)
        var waiting: [UInt8] = []
        swap(&waiting, &unread)
        if !isOver { waiting.withUnsafeBytes { read($0) } }
    }

    private func finish(_ response: HTTPResponse, to head: HTTPRequestHead) {
        let keepsAlive = head.keepsAlive && !isOver
        send(response, isHead: head.isHead, keepsAlive: keepsAlive)
        if !keepsAlive { end() }
    }

    private func send(_ response: HTTPResponse, isHead: Bool, keepsAlive: Bool) {
        var output: [UInt8] = []
        response.write(into: &output, isHead: isHead, keepsAlive: keepsAlive)
        connection.send(output)
    }

    private func end() {
        isOver = true
        unread = []
        connection.close()
    }
}

/// The admin sessions of a reactor, so that an answer from another queue finds its connection or nobody.
private final class AdminSessions {
    var byID: [ConnectionID: AdminSession] = [:]
}
