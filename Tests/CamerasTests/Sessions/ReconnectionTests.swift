import Domain
import Testing

@testable import Cameras

struct ReconnectionTests {
    @Test func `waits grow from one second to thirty and then stay there`() {
        var reconnection = Reconnection()
        var random = SystemRandomNumberGenerator()
        var now = Duration.seconds(1000)
        var waits: [Duration] = []
        for _ in 0..<60 {
            let wait = reconnection.delay(now: now, using: &random)
            waits.append(wait)
            now += wait
        }
        #expect(waits.allSatisfy { $0 >= .milliseconds(850) && $0 <= .milliseconds(34_500) })
        #expect(waits[0] < .milliseconds(1150))
        #expect(waits.last! > .seconds(25))
    }

    @Test(arguments: [5, 10, 20, 60])
    func `a camera that was away for some seconds is tried again within a quarter of that, or 5 s`(away: Int) {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            var reconnection = Reconnection()
            var now = Duration.zero
            while now < .seconds(away) { now += reconnection.delay(now: now, using: &random) }
            #expect(now - .seconds(away) <= max(.seconds(5), .seconds(away) / 4))
        }
    }

    @Test func `after pictures came, the next loss begins with a short wait`() {
        var reconnection = Reconnection()
        var random = SystemRandomNumberGenerator()
        _ = reconnection.delay(now: .zero, using: &random)
        #expect(reconnection.delay(now: .seconds(1000), using: &random) > .seconds(25))
        reconnection.succeeded()
        #expect(reconnection.delay(now: .seconds(2000), using: &random) < .seconds(2))
    }
}
