// What the admin port answers, only for whoever calls the port by one of its own names, and the control socket, which
// has commands besides. One table: what both have is written once.

internal import SangdamMetrics
internal import SangdamWire

/// The table of the admin port.
func adminRoutes(
    _ shared: [String: HTTPRoutes.Route], hosts: AdminHosts, metrics: EdgeMetrics
) -> HTTPRoutes {
    HTTPRoutes(
        shared,
        gate: { head in
            guard let foreign = hosts.foreignHost(in: head.authority) else { return nil }
            metrics.refusedForeign(host: foreign)
            return HTTPResponse(status: .misdirectedRequest, text: AdminHosts.refusal)
        },
        unknown: unknown(shared), refusal: refusal, areDated: false)
}

/// The table of the control socket. No gate: no web page reaches a file.
func controlRoutes(_ shared: [String: HTTPRoutes.Route], commands: ControlCommands) -> HTTPRoutes {
    let routes = shared.merging(commands.routes) { _, command in command }
    return HTTPRoutes(routes, unknown: unknown(routes), refusal: refusal, areDated: false)
}

/// The resources that both have.
func sharedRoutes(scrape: Scrape, readiness: Readiness) -> [String: HTTPRoutes.Route] {
    [
        "/metrics": .getLater { answer in
            scrape.text { text in
                var response = HTTPResponse(status: .ok)
                response.setBody(text, contentType: expositionContentType)
                answer(response)
            }
        },
        "/healthz": .get { _ in HTTPResponse(status: .ok, text: "alive") },
        "/readyz": .get { _ in
            let obstacles = readiness.inTheWay
            return obstacles.isEmpty
                ? HTTPResponse(status: .ok, text: "ready")
                : HTTPResponse(status: .serviceUnavailable, text: obstacles.joined(separator: ", "))
        },
    ]
}

private func unknown(_ routes: [String: HTTPRoutes.Route]) -> HTTPResponse {
    let paths = routes.keys.sorted()
    let named = paths.dropLast().joined(separator: ", ") + " and " + (paths.last ?? "")
    return HTTPResponse(status: .notFound, text: "Here are \(named).")
}

private let refusal: @Sendable (HTTPStatus) -> HTTPResponse = { status in
    HTTPResponse(status: status, text: status == .requestTimeout ? "The request took too long." : status.reason)
}
