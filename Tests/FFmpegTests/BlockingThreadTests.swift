import FFmpeg
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite struct BlockingThreadTests {
    private struct Failure: Error, Equatable {}

    @Test func `values and errors come back`() async throws {
        #expect(try await BlockingThread.run("test") { (_) throws(Failure) in 7 } == 7)
        await #expect(throws: Failure()) {
            try await BlockingThread.run("test") { (_) throws(Failure) in throw Failure() }
        }
    }

    @Test func `more can block than Swift's pool has threads`() async {
        let count = 50
        let arrived = Counter()
        await withTaskGroup { group in
            for _ in 0..<count {
                group.addTask {
                    await BlockingThread.run("test") { interruption in
                        arrived.add()
                        while arrived.value < count {
                            guard interruption.sleep(until: Interruption.now + .milliseconds(2)) else { return }
                        }
                    }
                }
            }
        }
        #expect(arrived.value == count)
    }

    @Test func `cancelling wakes a sleeper within a second`() async throws {
        let isAsleep = Counter()
        let task = Task {
            await BlockingThread.run("test") { interruption in
                isAsleep.add()
                return (interruption.sleep(until: Interruption.now + .seconds(60)), Interruption.now)
            }
        }
        try await eventually("asleep") { isAsleep.value > 0 }
        let cancelled = Interruption.now
        task.cancel()
        let (sleptEnough, woken) = await task.value
        #expect(!sleptEnough)
        #expect(woken - cancelled < .seconds(1))
    }

    @Test func `a cancelled caller doesn't wait for work that can't be interrupted`() async throws {
        let mayEnd = Counter()
        let hasBegun = Counter()
        let task = Task {
            await BlockingThread.runAbandoning("test") {
                hasBegun.add()
                while mayEnd.value == 0 { usleep(1000) }
                return 1
            }
        }
        try await eventually("begun") { hasBegun.value > 0 }
        task.cancel()
        #expect(await task.value == nil)
        mayEnd.add()
        #expect(await BlockingThread.runAbandoning("test") { 2 } == 2)
    }
}

private final class Counter: Sendable {
    private let count = Atomic(0)

    var value: Int { count.load(ordering: .sequentiallyConsistent) }
    func add() { count.wrappingAdd(1, ordering: .sequentiallyConsistent) }
}
