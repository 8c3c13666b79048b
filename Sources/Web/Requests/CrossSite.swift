import Hummingbird

/// Refuses requests that change something and come from another site's page. Browsers say where a request comes from
/// (Fetch Metadata §2.4, RFC 6454 §7); forms carry a token besides, for browsers that say nothing.
enum CrossSite {
    static func refuse(_ request: Request) throws(WebError) {
        guard request.method != .get, request.method != .head else { return }
        if let site = request.headers[.fetchSite], site != "same-origin", site != "none" { throw .crossSite }
        if let origin = request.headers[.origin] {
            guard let scheme = origin.firstRange(of: "://"),
                origin[scheme.upperBound...] == request.head.authority ?? ""
            else {
                throw .crossSite
            }
        }
    }
}
