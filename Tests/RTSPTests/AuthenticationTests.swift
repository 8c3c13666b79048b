import Domain
import TestSupport
import Testing

@testable import RTSP

struct AuthenticationTests {
    private func digest(_ field: String) throws -> DigestChallenge {
        let challenge: DigestChallenge? =
            if case .digest(let digest) = Challenge.parse(field).first { digest } else { nil }
        return try #require(challenge)
    }

    private static let rfc7616 = """
        Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=ALGORITHM, \
        nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"
        """

    @Test(arguments: [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ])
    func `the example of RFC 7616 §3.9.1 comes out`(_ algorithm: String, _ response: String) throws {
        let challenge = try digest(Self.rfc7616.replacing("ALGORITHM", with: algorithm))
        let answer = challenge.authorization(
            user: "Mufasa", password: "Circle of Life", method: "GET", address: "/dir/index.html", count: 1,
            clientNonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ")
        #expect(answer.contains("response=\"\(response)\""))
        #expect(answer.contains("nc=00000001") && answer.contains("qop=auth,"))
        #expect(answer.contains("opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""))
    }

    @Test func `the example of RFC 2617 §3.5 comes out`() throws {
        let challenge = try digest(
            """
            Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", \
            opaque="5ccc069c403ebaf9f0171e9517f40e41"
            """)
        let answer = challenge.authorization(
            user: "Mufasa", password: "Circle Of Life", method: "GET", address: "/dir/index.html", count: 1,
            clientNonce: "0a4f113b")
        #expect(answer.contains("response=\"6629fae49393a05397450978507c4ef1\""))
    }

    @Test func `without qop the answer is that of RFC 2069`() throws {
        // HA1 = MD5(user:realm:pass), HA2 = MD5(DESCRIBE:uri), MD5(HA1:nonce:HA2), computed with md5sum.
        let answer = try digest("Digest realm=\"IP Camera\", nonce=\"abc\"").authorization(
            user: "admin", password: "12345", method: "DESCRIBE", address: "rtsp://h/", count: 1, clientNonce: "x")
        #expect(answer.contains("response=\"efa45ab7c544f895c99500261d954f40\""))
        #expect(!answer.contains("cnonce") && !answer.contains("nc="))
    }

    @Test func `one field may hold several challenges`() {
        let challenges = Challenge.parse(
            "Digest realm=\"a, b\", nonce=\"1\\\"2\", stale=TRUE, Basic realm=\"c\", Negotiate, Digest nonce=3,algorithm=SHA-256"
        )
        #expect(challenges.count == 3)
        guard case .digest(let first) = challenges[0] else { return #expect(Bool(false)) }
        #expect(first.realm == "a, b" && first.nonce == "1\"2" && first.isStale)
        #expect(challenges[1] == .basic(realm: "c"))
    }

    @Test func `unknown algorithms and qop are not answered`() {
        #expect(Challenge.parse("Digest nonce=1, algorithm=SHA-512-256").isEmpty)
        #expect(Challenge.parse("Digest nonce=1, qop=\"auth-int\"").isEmpty)
        #expect(Challenge.parse("Digest realm=x").isEmpty)
    }

    private func headers(_ fields: String...) -> Headers {
        fields.reduce(into: Headers()) { $0.append("WWW-Authenticate", $1) }
    }

    @Test func `the strongest scheme is chosen`() {
        var authenticator = Authenticator(credentials: .farm)
        let fields = headers("Basic realm=x", "Digest realm=x, nonce=1", "Digest realm=x, nonce=2, algorithm=SHA-256")
        #expect(authenticator.refused(fields, answered: false) == .retry)
        #expect(
            authenticator.authorization(for: .describe, address: "rtsp://h/")?.contains("algorithm=SHA-256") == true)

        var basic = Authenticator(credentials: Credentials(user: "Aladdin", password: Secret("open sesame")))
        #expect(basic.refused(headers("Basic realm=x"), answered: false) == .retry)
        #expect(basic.authorization(for: .describe, address: "") == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
    }

    @Test func `a refused answer is a wrong password, unless the nonce was too old`() {
        var authenticator = Authenticator(credentials: .farm)
        #expect(authenticator.refused(headers("Digest nonce=1"), answered: false) == .retry)
        #expect(authenticator.refused(headers("Digest nonce=2"), answered: true) == .wrongPassword)
        #expect(authenticator.refused(headers("Digest nonce=2, stale=true"), answered: true) == .retry)
        authenticator.accepted()
        #expect(authenticator.refused(headers("Digest nonce=3"), answered: true) == .retry, "it ran out")
        #expect(authenticator.refused(headers("Digest nonce=4"), answered: true) == .wrongPassword)
    }

    @Test func `a camera for which every nonce is stale is given up`() {
        var authenticator = Authenticator(credentials: .farm)
        let verdicts = (0..<10).map {
            authenticator.refused(headers("Digest nonce=\($0), stale=true"), answered: $0 > 0)
        }
        #expect(verdicts.prefix(4) == [.retry, .retry, .retry, .retry])
        #expect(verdicts.dropFirst(4).allSatisfy { $0 == .wrongPassword })
    }

    @Test func `without credentials or a known scheme there is no answer`() {
        var open = Authenticator(credentials: nil)
        #expect(open.refused(headers("Digest nonce=1"), answered: false) == .passwordNeeded)
        var authenticator = Authenticator(credentials: .farm)
        #expect(authenticator.refused(headers("Negotiate"), answered: false) == .unknownScheme)
        #expect(authenticator.refused(Headers(), answered: false) == .unknownScheme)
    }

    @Test func `nonce counts grow with each use`() {
        var authenticator = Authenticator(credentials: .farm)
        _ = authenticator.refused(headers("Digest nonce=1, qop=auth"), answered: false)
        for count in 1...3 {
            #expect(authenticator.authorization(for: .play, address: "")?.contains("nc=0000000\(count)") == true)
        }
    }

    @Test func `no challenge breaks the reader`() {
        let bytes = Array(Self.rfc7616.utf8)
        for cut in truncations(of: bytes) { _ = Challenge.parse(String(decoding: cut, as: UTF8.self)) }
        for broken in Mutations(of: bytes, count: 3000) { _ = Challenge.parse(String(decoding: broken, as: UTF8.self)) }
    }
}
