// What the admin port answers: three resources, and only for whoever calls the port by one of its own names.

internal import SangdamMetrics
internal import SangdamWire

/// The table of the admin port.
func adminRoutes(
    scrape: Scrape, readiness: Readiness, hosts: AdminHosts, metrics: EdgeMetrics
) -> HTTPRoutes {
    HTTPRoutes(
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
        ],
        gate: { head in
            guard let foreign = hosts.foreignHost(in: head.authority) else { return nil }
            metrics.refusedForeign(host: foreign)
            return HTTPResponse(status: .misdirectedRequest, text: AdminHosts.refusal)
        },
        unknown: HTTPResponse(status: .notFound, text: "Here are /metrics, /healthz and /readyz."),
        refusal: { HTTPResponse(status: $0, text: $0 == .requestTimeout ? "The request took too long." : $0.reason) },
        areDated: false)
}
