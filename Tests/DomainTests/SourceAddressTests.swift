import Testing

@testable import Domain

struct SourceAddressTests {
    @Test(
        arguments: [
            ("rtsp://10.0.0.1/stream1", "rtsp://10.0.0.1/stream1", nil, nil),
            ("  rtsp://10.0.0.1:8554/a?b=c&d=e \n", "rtsp://10.0.0.1:8554/a?b=c&d=e", nil, nil),
            ("RTSPS://cam.example/1", "rtsps://cam.example/1", nil, nil),
            ("rtsp://admin:secret@10.0.0.1/1", "rtsp://10.0.0.1/1", "admin", "secret"),
            ("rtsp://admin:a@b@10.0.0.1/1", "rtsp://10.0.0.1/1", "admin", "a@b"),
            ("rtsp://admin:a/b@10.0.0.1:554/1", "rtsp://10.0.0.1:554/1", "admin", "a/b"),
            ("rtsp://admin:p@ss/word@10.0.0.1/x", "rtsp://10.0.0.1/x", "admin", "p@ss/word"),
            ("rtsp://admin:pass@camera/path@2", "rtsp://camera/path@2", "admin", "pass"),
            ("rtsp://admin:a%40b%2Fc@10.0.0.1/1", "rtsp://10.0.0.1/1", "admin", "a@b/c"),
            ("rtsp://admin@10.0.0.1/1", "rtsp://10.0.0.1/1", "admin", ""),
            ("rtsp://10.0.0.1/path@2", "rtsp://10.0.0.1/path@2", nil, nil),
            ("rtsp://10.0.0.1:554/path@2", "rtsp://10.0.0.1:554/path@2", nil, nil),
            ("rtsp://[fe80::1]:554/x", "rtsp://[fe80::1]:554/x", nil, nil),
            ("/srv/a b.mp4", "file:///srv/a b.mp4", nil, nil),
            ("file:///srv/a%20b.mp4", "file:///srv/a b.mp4", nil, nil),
            ("sim://cooking?people=2", "sim://cooking?people=2", nil, nil),
        ] as [(String, String, String?, String?)])
    func `an address is read as people paste it, its credentials split off`(
        typed: String, address: String, user: String?, password: String?
    ) throws {
        let (parsed, credentials) = try SourceAddress.parse(typed)
        #expect(parsed.description == address)
        #expect(credentials?.user == user)
        #expect(credentials?.password.reveal() == password)
    }

    @Test(arguments: [
        ("", SourceAddress.ParseError.empty), ("   ", .empty), ("10.0.0.1", .unknownScheme("10.0.0.1")),
        ("http://10.0.0.1/", .unknownScheme("http")), ("rtsp:///x", .missingHost),
        ("rtsp://10.0.0.1:0/x", .badPort("0")), ("rtsp://10.0.0.1:99999/x", .badPort("99999")),
        ("rtsp://10.0.0.1/\r\nX: y", .controlCharacter),
    ])
    func `what is no address is refused with the reason`(typed: String, reason: SourceAddress.ParseError) {
        #expect(throws: reason) { try SourceAddress.parse(typed) }
    }

    @Test func `no text makes the parser trap, and what it reads never shows a password`() {
        var random = SeededRandom(seed: 1)
        let alphabet = Array("rtsp://@:[]%?/.1a \u{7F}\n密")
        for _ in 0..<20_000 {
            let typed = String(
                (0..<Int.random(in: 0...24, using: &random)).map { _ in alphabet.randomElement(using: &random)! })
            for text in [typed, "rtsp://" + typed, "rtsp://u:hidden@" + typed] {
                guard let (address, credentials) = try? SourceAddress.parse(text) else { continue }
                if credentials?.password.reveal() == "hidden" {
                    #expect(!"\(address)\(credentials!)".contains("hidden"))
                }
            }
        }
    }

    @Test func `a secret shows itself nowhere but where it is revealed`() {
        let credentials = Credentials(user: "admin", password: Secret("hidden"))
        var dumped = ""
        dump(credentials, to: &dumped)
        #expect(!dumped.contains("hidden"))
        #expect(!"\(credentials)".contains("hidden"))
        #expect(!String(reflecting: credentials).contains("hidden"))
    }
}
