import FFmpeg
import Vision

/// Works on many still pictures with several threads; tells of them in their order.
struct PictureWorkers: Sendable {
    typealias Outcome<Value> = Result<Value, any Error>

    let models: RecognitionModels
    let threads: Int

    /// What each thread has of its own.
    struct Tools {
        let stills: StillRecognition
        let parts: NeuralRecognition
    }

    /// - Parameters:
    ///   - work: For each path, on one of the threads. What it throws is told, and the others go on.
    ///   - tell: In the order of `paths`, one at a time.
    func run<Value: Sendable>(
        _ paths: [String], work: @escaping @Sendable (Int, Tools) throws -> Value,
        tell: (Int, Outcome<Value>) throws -> Void
    ) async throws {
        guard !paths.isEmpty else { return }
        let models = models
        let threads = max(1, min(threads, paths.count))
        // Holds at most one small value for each path.
        let (outcomes, sink) = AsyncThrowingStream.makeStream(of: (Int, Outcome<Value>).self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<threads {
                group.addTask {
                    do {
                        try await BlockingThread.run("pictures \(number)") { interruption throws(any Error) in
                            let tools = Tools(
                                stills: try StillRecognition(models), parts: try NeuralRecognition(models))
                            for index in stride(from: number, to: paths.count, by: threads)
                            where !interruption.isCancelled {
                                sink.yield((index, Result { try work(index, tools) }))
                            }
                        }
                    } catch {
                        sink.finish(throwing: error)
                    }
                }
            }
            var waiting: [Int: Outcome<Value>] = [:]
            var expected = 0
            for try await (index, outcome) in outcomes {
                waiting[index] = outcome
                while let ready = waiting.removeValue(forKey: expected) {
                    try tell(expected, ready)
                    expected += 1
                }
                if expected == paths.count { break }
            }
        }
    }
}
