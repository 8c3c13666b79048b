import Foundation
import OpenVINO
import TestSupport
import Testing

/// Models that can't be used are told apart, and none brings the program down.
struct ModelFaultTests {
    let core: Core
    let tiny: TinyModel

    init() throws {
        core = try Core.open(Library.load())
        tiny = try TinyModel()
    }

    private func kind(of attempt: () throws -> Void) -> OpenVINOError.Kind? {
        do {
            try attempt()
            return nil
        } catch let error as OpenVINOError {
            #expect(error.description.contains(tiny.folder.path) || error.description.contains("picture"))
            return error.kind
        } catch {
            Issue.record("another error: \(error)")
            return nil
        }
    }

    private func compile(_ shapes: [String: [Int]] = ["picture": [1, 8, 8, 3]]) throws -> CompiledModel {
        try core.compile(model: tiny.model, weights: tiny.weights, shapes: shapes)
    }

    @Test(arguments: ["model.xml", "model.bin"]) func `a missing file is said to be missing`(name: String) throws {
        try FileManager.default.removeItem(atPath: tiny.folder.path + "/" + name)
        #expect(kind { _ = try compile() } == .modelMissing)
    }

    @Test func `a model cut off anywhere is broken`() throws {
        let whole = try tiny.folder.read("model.xml")
        for length in stride(from: 0, to: whole.count - 10, by: 97) {
            try tiny.folder.write("model.xml", Array(whole.prefix(length)))
            #expect(kind { _ = try compile() } == .modelBroken, "\(length) bytes of \(whole.count)")
        }
    }

    @Test(arguments: 0..<12) func `weights cut off are broken`(length: Int) throws {
        try tiny.folder.write("model.bin", Array(tiny.folder.read("model.bin").prefix(length)))
        #expect(kind { _ = try compile() } == .modelBroken)
    }

    @Test func `random changes of a model never bring the program down`() throws {
        for changed in Mutations(of: try tiny.folder.read("model.xml"), count: 300, seed: 5) {
            try tiny.folder.write("model.xml", changed)
            do throws(OpenVINOError) {
                var request = try core.compile(
                    model: tiny.model, weights: tiny.weights, shapes: ["picture": [1, 4, 4, 3]]
                ).request()
                try request.infer()
            } catch {
                #expect(!error.detail.isEmpty)
            }
        }
    }

    @Test(arguments: [
        ["picture": [1, 8, 8, 4]], ["picture": [1, 8, 8]], ["picture": [1, 8, 0, 3]], ["sound": [1, 8, 8, 3]], [:],
    ]) func `a model of other shapes is unfit`(shapes: [String: [Int]]) {
        #expect(kind { _ = try compile(shapes) } == .modelUnfit)
    }

    @Test(arguments: [("f32", "f32"), ("u8", "i32")])
    func `a model of other elements is unfit`(input: String, output: String) throws {
        let other = try TinyModel(inputElement: input, outputElement: output)
        let error = #expect(throws: OpenVINOError.self) {
            try core.compile(model: other.model, weights: other.weights, shapes: ["picture": [1, 8, 8, 3]])
        }
        #expect(error?.kind == .modelUnfit)
    }

    @Test func `an output that isn't there is named with those that are`() throws {
        let model = try compile()
        let error = #expect(throws: OpenVINOError.self) { try model.output("boxes") }
        #expect(error?.detail.contains("“boxes”") == true)
        #expect(error?.detail.contains("brightness") == true)
    }
}
