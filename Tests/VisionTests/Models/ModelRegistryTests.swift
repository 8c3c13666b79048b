import Domain
import Foundation
import TestSupport
import Testing

@testable import Vision

struct ModelRegistryTests {
    private let folder: TemporaryDirectory
    init() throws { folder = try TemporaryDirectory() }

    private static let card = """
        {"name":"kitchen-detector","version":"2026.11.1","task":"detector","labels":["person","head","phone"],
         "input":{"width":640,"height":352,"dynamic":true},"thresholds":{"person":{"score":0.45}},
         "sha256":{"model.xml":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
                   "model.bin":"a1fce4363854ff888cff4b8e7875d600c2682390412a8cf79b37d0b11148b0fa"},
         "measured":[{"item":"phone","set":"held out","n":60,"precision":0.9,"precisionLow":0.8,"precisionHigh":0.95,
                      "recall":0.7,"recallLow":0.6,"recallHigh":0.8,"unknown":0.1,"note":"few"},
                     {"item":"smoking","set":"none","n":0}],
         "licence":"Apache-2.0","data":["own"],"cannot":["smoking: no pictures with usable rights show it"],
         "trainedWith":"make train"}
        """

    /// The files' contents are `x` and `y`.
    private func write(_ name: String = "kitchen-detector", _ card: String = card) throws {
        try folder.write(name + "/model.json", Array(card.utf8))
        try folder.write(name + "/model.xml", Array("x".utf8))
        try folder.write(name + "/model.bin", Array("y".utf8))
    }

    @Test func `a card is read with all it says`() throws {
        try write()
        let registry = try ModelRegistry.open(folder: folder.path)
        let card = try #require(registry.cards.first)
        #expect(card.task == .detector)
        #expect(card.input.isDynamic)
        #expect(card.threshold("person") == 0.45)
        #expect(card.threshold("head") == nil)
        #expect(card.measured[0].unknown == 0.1)
        #expect(card.summary.measured.map(\.item) == ["phone"])
        #expect(card.summary.measured[0].recallInterval == 0.6...0.8)
        #expect(try registry.verified(.detector).card == card)
    }

    @Test func `what no model knows says why`() throws {
        try write()
        let registry = try ModelRegistry.open(folder: folder.path)
        #expect(registry.support.map(\.item) == CaptureItem.allCases)
        #expect(
            registry.support(.smoking).state == .noModelYet(reason: "no pictures with usable rights show it"))
        #expect(registry.support(.noHat).state == .noModelYet(reason: "no model for attributes knows “hatAbsent”"))
        #expect(registry.support(.phone).state == .models(["kitchen-detector"]))
        #expect(registry.support(.phone).measured.count == 1)
        #expect(registry.support(.frozen).state == .withoutModel)
    }

    @Test(arguments: ["model.xml", "model.bin"]) func `a changed or missing file is refused`(name: String) throws {
        try write()
        let registry = try ModelRegistry.open(folder: folder.path)
        try folder.write("kitchen-detector/" + name, Array("z".utf8))
        #expect(#expect(throws: ModelError.self) { try registry.verified(.detector) }?.kind == .fileChanged)
        try FileManager.default.removeItem(atPath: folder.file("kitchen-detector/" + name))
        let error = #expect(throws: ModelError.self) { try registry.verified(.detector) }
        #expect(error?.kind == .fileMissing)
        #expect(error?.description.contains(name) == true)
    }

    @Test func `a broken card leaves the other models usable`() throws {
        try write()
        try write("broken", #"{"name":"broken","version":1}"#)
        try write("garbage", "no card")
        let registry = try ModelRegistry.open(folder: folder.path)
        #expect(registry.cards.count == 1)
        #expect(registry.faults.map(\.kind) == [.cardBroken, .cardBroken])
        #expect(registry.faults[0].description.contains("version"))
        #expect(#expect(throws: ModelError.self) { try registry.verified(.pests) }?.kind == .cardBroken)
    }

    @Test func `a card cut off or changed anywhere never crashes`() throws {
        for broken in truncations(of: Array(Self.card.utf8)) {
            try write("one", String(decoding: broken, as: UTF8.self))
            #expect(try ModelRegistry.open(folder: folder.path).faults.count == 1)
        }
        for broken in Mutations(of: Array(Self.card.utf8), count: 500, seed: 3) {
            try folder.write("one/model.json", broken)
            let registry = try ModelRegistry.open(folder: folder.path)
            #expect(registry.cards.count + registry.faults.count == 1)
        }
    }

    @Test func `models are found above the program, and a named folder must be there`() throws {
        try write("Models/kitchen-detector")
        let found = try ModelRegistry.open(
            environment: nil, executable: folder.file(".build/release/mingchu"))
        #expect(found.cards.map(\.name) == ["kitchen-detector"])
        let installed = try TemporaryDirectory()
        try installed.write("share/mingchu/models/one/model.json", Array(Self.card.utf8))
        #expect(
            try ModelRegistry.open(environment: nil, executable: installed.file("bin/mingchu")).cards.count == 1)
        #expect(#expect(throws: ModelError.self) { try ModelRegistry.open(folder: "/nowhere") }?.kind == .noFolder)
        let nothing = #expect(throws: ModelError.self) {
            try ModelRegistry.open(environment: nil, executable: "/proc/nothing/mingchu")
        }
        #expect(nothing?.description.contains("MINGCHU_MODELS") == true)
    }
}
