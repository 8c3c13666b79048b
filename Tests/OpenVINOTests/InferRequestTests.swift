import OpenVINO
import Testing

struct InferRequestTests {
    let core: Core
    init() throws { core = try Core.open(Library.load(), options: .init(threads: 2)) }

    private func request(_ model: TinyModel, height: Int = 4, width: Int = 6) throws -> InferRequest {
        try core.compile(model: model.model, weights: model.weights, shapes: ["picture": [1, height, width, 3]])
            .request()
    }

    @Test func `what is written into the input comes out computed`() throws {
        var request = try request(TinyModel(factor: 2))
        #expect(request.model.inputs == [.init(name: "picture", element: .uint8, shape: [1, 4, 6, 3])])
        let output = try request.model.output("brightness")
        for round in 0..<3 {
            request.withInput { span in
                for index in span.indices { span[index] = UInt8((index * 3 + round) % 256) }
            }
            try request.infer()
            request.withOutput(output) { span in
                #expect(span.count == 72)
                for index in span.indices { #expect(span[index] == Float((index * 3 + round) % 256) * 2) }
            }
        }
    }

    @Test func `a request can be started and waited for`() throws {
        var request = try request(TinyModel(factor: 0.5))
        request.withInput { span in for index in span.indices { span[index] = 100 } }
        try request.start()
        try request.wait()
        try request.wait()
        request.withOutput { span in for index in span.indices { #expect(span[index] == 50) } }
    }

    @Test func `a request that is dropped while it computes comes to rest first`() throws {
        let model = try TinyModel()
        for _ in 0..<20 {
            var request = try request(model, height: 640, width: 640)
            try request.start()
        }
    }

    @Test func `threads compute side by side from one compiled model`() async throws {
        let model = try TinyModel(factor: 3)
        let compiled = try core.compile(
            model: model.model, weights: model.weights, shapes: ["picture": [1, 32, 32, 3]])
        let wrong = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<4 {
                group.addTask {
                    var request = try compiled.request()
                    var wrong = 0
                    for round in 0..<50 {
                        let value = UInt8(number * 60 + round)
                        request.withInput { span in for index in span.indices { span[index] = value } }
                        try request.infer()
                        let isRight = request.withOutput { span in
                            span.indices.allSatisfy { span[$0] == Float(value) * 3 }
                        }
                        if !isRight { wrong += 1 }
                    }
                    return wrong
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }

    @Test func `one model serves several shapes`() throws {
        let model = try TinyModel()
        for (height, width) in [(1, 1), (352, 640), (33, 7)] {
            let request = try request(model, height: height, width: width)
            #expect(request.model.outputs.map(\.count) == [height * width * 3])
        }
    }
}
