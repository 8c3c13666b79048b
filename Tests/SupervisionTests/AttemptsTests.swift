import Testing

@testable import Supervision

struct AttemptsTests {
    @Test func `waiting doubles up to a quarter of an hour and is forgotten after an hour`() {
        var attempts = Attempts()
        var now = Duration.seconds(0)
        var waits: [Duration] = []
        while waits.count < 8 {
            if let wait = attempts.begin(account: "a", address: "x", at: now) {
                waits.append(wait)
                now += wait
            }
        }
        #expect(waits.map { $0 / .seconds(1) } == [30, 60, 120, 240, 480, 900, 900, 900])
        now += .seconds(3601)
        for _ in 0..<5 { #expect(attempts.begin(account: "a", address: "x", at: now) == nil) }
        #expect(attempts.begin(account: "a", address: "x", at: now) == .seconds(30))
    }

    @Test func `one address can't try account after account for ever`() {
        var attempts = Attempts()
        for number in 0..<50 { #expect(attempts.begin(account: "\(number)", address: "x", at: .zero) == nil) }
        #expect(attempts.begin(account: "new", address: "x", at: .zero) == .seconds(30))
        #expect(attempts.begin(account: "new", address: "y", at: .zero) == nil)
    }

    @Test func `success takes back what was counted`() {
        var attempts = Attempts()
        for _ in 0..<1000 {
            #expect(attempts.begin(account: "a", address: "x", at: .zero) == nil)
            attempts.succeeded(account: "a", address: "x")
        }
        #expect(attempts.recordCount == 0)
    }

    @Test func `memory is bounded however many addresses there are`() {
        var attempts = Attempts()
        for number in 0..<30_000 { _ = attempts.begin(account: "a", address: "\(number)", at: .milliseconds(number)) }
        #expect(attempts.recordCount <= 10_000)
        // The latest are those that are remembered.
        for _ in 0..<4 { #expect(attempts.begin(account: "a", address: "29999", at: .seconds(30)) == nil) }
        #expect(attempts.begin(account: "a", address: "29999", at: .seconds(30)) != nil)
    }

    @Test(arguments: [
        ("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"), ("2001:db8:1:2::9", "2001:db8:1:2"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2"), ("unix", "unix"), ("", ""),
    ])
    func `an IPv6 subscriber counts as one address`(address: String, network: String) {
        #expect(remoteNetwork(of: address) == network)
    }
}
