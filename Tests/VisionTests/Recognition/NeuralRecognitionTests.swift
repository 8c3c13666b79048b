import Domain
import FFmpeg
import Foundation
import TestSupport
import Testing

@testable import Vision

/// Everything between a picture and what is told of it, with models that see colours.
struct NeuralRecognitionTests {
    private let drawn: DrawnModels
    init() throws { drawn = try DrawnModels() }

    struct Colour {
        var y: UInt8
        var u: UInt8
        var v: UInt8
        static let red = Colour(y: 81, u: 90, v: 240)
        static let green = Colour(y: 145, u: 54, v: 34)
        static let blue = Colour(y: 41, u: 240, v: 110)
        static let black = Colour(y: 16, u: 128, v: 128)
        static let white = Colour(y: 235, u: 128, v: 128)
    }

    private func picture(
        width: Int, height: Int, _ things: [(x: Int, y: Int, width: Int, height: Int, colour: Colour)]
    ) throws -> Picture {
        var picture = try Picture.blank(width: width, height: height)
        let (stride, chromaStride) = (picture.lumaStride, picture.chromaStride)
        picture.withMutablePlanes { y, u, v in
            for index in y.indices { y[index] = 16 }
            for index in u.indices { u[index] = 128 }
            for index in v.indices { v[index] = 128 }
            for thing in things {
                for row in thing.y..<thing.y + thing.height {
                    for column in thing.x..<thing.x + thing.width { y[row * stride + column] = thing.colour.y }
                }
                for row in thing.y / 2..<(thing.y + thing.height) / 2 {
                    for column in thing.x / 2..<(thing.x + thing.width) / 2 {
                        u[row * chromaStride + column] = thing.colour.u
                        v[row * chromaStride + column] = thing.colour.v
                    }
                }
            }
        }
        return picture
    }

    private func box(_ x: Int, _ y: Int, _ side: Int, _ width: Int, _ height: Int) -> PictureBox {
        PictureBox(
            x: Double(x) / Double(width), y: Double(y) / Double(height), width: Double(side) / Double(width),
            height: Double(side) / Double(height))
    }

    @Test(arguments: [(640, 352), (1280, 704), (1920, 1056), (480, 480), (1088, 832)])
    func `things are found where they are, whatever the picture's size`(width: Int, height: Int) throws {
        let recognition = try NeuralRecognition(drawn.load())
        // One cell of the coarsest stride, in pixels of this picture.
        let input = InputSize.fitting(width: width, height: height)
        let cell = 32 * width / input.width
        let picture = try picture(
            width: width, height: height,
            [
                (cell * 2, cell, cell, cell, .red), (cell * 5, cell * 3, cell, cell, .green),
                (cell * 7, cell * 5, cell, cell, .blue),
            ])
        let found = try recognition.detect(picture).filter { $0.box.width * Double(width) > Double(cell) * 0.9 }
        #expect(Set(found.map(\.label)) == [.person, .head, .phone])
        for thing in found {
            let (x, y) = thing.label == .person ? (2, 1) : thing.label == .head ? (5, 3) : (7, 5)
            #expect(thing.box.overlap(box(cell * x, cell * y, cell, width, height)) > 0.95, "\(thing)")
        }
    }

    @Test func `a letterboxed picture's boxes are moved back`() throws {
        let recognition = try NeuralRecognition(drawn.load())
        // 640 × 360 is shrunk to 626 × 352, 7 pixels from the left.
        let picture = try picture(width: 640, height: 360, [(100, 80, 200, 200, .red)])
        let people = try recognition.detect(picture).filter { $0.label == .person }
        let left = try #require(people.map(\.box.x).min()) * 640
        let right = try #require(people.map { $0.box.x + $0.box.width }.max()) * 640
        #expect(abs(left - 100) <= 9)
        #expect(abs(right - 300) <= 9)
        #expect(people.allSatisfy { $0.box.x >= 0 && $0.box.x + $0.box.width <= 1.0000001 })
    }

    @Test func `a part of a picture is found where it lies in the whole`() throws {
        let recognition = try NeuralRecognition(drawn.load())
        let picture = try picture(width: 1664, height: 832, [(960, 448, 64, 64, .green)])
        // A quarter, seen at half its size: a cell of 32 is 64 pixels.
        let part = PictureBox(x: 0.5, y: 0, width: 0.5, height: 1)
        let found = try recognition.detect(picture, part: part, at: .tile)
        let best = try #require(found.max { $0.box.area < $1.box.area })
        #expect(best.label == .head)
        #expect(best.box.overlap(box(960, 448, 64, 1664, 832)) > 0.9, "\(best)")
    }

    @Test func `heads are told apart, several at once`() throws {
        let recognition = try NeuralRecognition(drawn.load())
        let colours: [Colour] = [.red, .green, .blue, .black, .red, .green, .white]
        let picture = try picture(
            width: 1400, height: 300, colours.enumerated().map { (200 * $0, 40, 160, 160, $1) })
        let boxes = colours.indices.map { index in
            PictureBox(x: Double(200 * index + 40) / 1400, y: 80.0 / 300, width: 80.0 / 1400, height: 80.0 / 300)
        }
        let states = try recognition.heads(boxes, in: picture)
        #expect(states.map(\.hat.state) == [.absent, .present, .present, .present, .absent, .present, .absent])
        #expect(states.map(\.mask.state) == [.present, .absent, .unknown, .present, .present, .absent, .unknown])
        #expect(states[0].hat.score > 0.9)
        #expect(states[1].hat.score > 0.9)
        #expect(try recognition.heads([], in: picture).isEmpty)
    }

    @Test func `phones get a second opinion, pests their scores`() throws {
        let recognition = try NeuralRecognition(drawn.load())
        let picture = try picture(
            width: 640, height: 360, [(0, 0, 200, 200, .white), (200, 0, 200, 200, .red), (400, 0, 200, 200, .green)])
        let boxes = [0, 1, 2].map {
            PictureBox(x: Double($0 * 200 + 80) / 640, y: 80.0 / 360, width: 40.0 / 640, height: 40.0 / 360)
        }
        let phones = try recognition.phones(boxes, in: picture)
        #expect(phones[0] > 0.9)
        #expect(phones[1] < 0.1)
        let pests = try recognition.pests(boxes, in: picture)
        #expect(pests[1].rodent > 0.9)
        #expect(pests[2].insect > 0.9)
        #expect(recognition.pestBar == (0.6, 0.7))
        #expect(recognition.models == "drawn-detector 1, drawn-attributes 1, drawn-pests 1")
    }

    @Test func `a model without a phone column leaves phones to the detector`() throws {
        let without = try DrawnModels(attributeLabels: ["faceVisible", "hatAbsent", "maskAbsent"])
        let recognition = try NeuralRecognition(without.load())
        let picture = try picture(width: 640, height: 360, [(0, 0, 200, 200, .red)])
        #expect(try recognition.phones([box(40, 40, 80, 640, 360)], in: picture) == [1])
        #expect(try recognition.heads([box(40, 40, 80, 640, 360)], in: picture)[0].hat.state == .absent)
    }

    @Test func `missing small models leave things unknown, and are named`() throws {
        try FileManager.default.removeItem(atPath: drawn.folder.file("drawn-attributes"))
        try drawn.folder.write("drawn-pests/model.bin", [1, 2, 3])
        let models = try drawn.load()
        #expect(models.faults.map(\.kind) == [.noModel, .fileChanged])
        let recognition = try NeuralRecognition(models)
        let picture = try picture(width: 640, height: 360, [(0, 0, 200, 200, .red)])
        let part = box(40, 40, 80, 640, 360)
        #expect(try recognition.heads([part], in: picture)[0].hat.state == .unknown)
        #expect(try recognition.pests([part], in: picture) == [PestScores(rodent: 0, insect: 0)])
    }

    @Test func `without a detector there is no recognition, and the reason is told`() throws {
        try FileManager.default.removeItem(atPath: drawn.folder.file("drawn-detector"))
        #expect(#expect(throws: ModelError.self) { try drawn.load() }?.kind == .noModel)
    }

    @Test func `a model of another shape is unfit`() throws {
        // The attributes pretend to be the detector.
        try FileManager.default.removeItem(atPath: drawn.folder.file("drawn-detector"))
        let card = drawn.folder.file("drawn-attributes/model.json")
        let text = try String(contentsOfFile: card, encoding: .utf8)
            .replacing("\"task\":\"attributes\"", with: "\"task\":\"detector\"")
            .replacing(
                "[\"hatAbsent\",\"maskAbsent\",\"faceVisible\",\"phone\"]",
                with: "[\"person\",\"head\",\"phone\",\"rodent\"]")
        try text.write(toFile: card, atomically: true, encoding: .utf8)
        let recognition = try NeuralRecognition(drawn.load())
        let picture = try picture(width: 640, height: 360, [])
        #expect(#expect(throws: ModelError.self) { try recognition.detect(picture) }?.kind == .unfit)
    }

    @Test(arguments: [(2, 2), (3, 1000), (1000, 3), (64, 64), (3840, 2160), (641, 359)])
    func `still pictures of every size are searched`(width: Int, height: Int) throws {
        let still = try StillRecognition(drawn.load())
        let picture = try picture(width: width, height: height, [])
        #expect(try still.look(at: picture).isEmpty)
    }

    @Test func `small things in a large still picture are found in its tiles, once`() throws {
        let still = try StillRecognition(drawn.load())
        let picture = try picture(width: 1920, height: 1080, [(1200, 700, 50, 50, .green)])
        let heads = try still.look(at: picture).filter { $0.thing.label == .head }
        let best = try #require(heads.max { $0.thing.box.area < $1.thing.box.area })
        #expect(best.thing.box.overlap(box(1200, 700, 50, 1920, 1080)) > 0.3)
        #expect(best.head != nil)
        for (index, head) in heads.enumerated() {
            for other in heads[(index + 1)...] { #expect(head.thing.box.overlap(other.thing.box) <= 0.5) }
        }
    }

    @Test func `several threads recognise with one set of models`() async throws {
        let models = try drawn.load()
        let counts = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    try await BlockingThread.run("recognise") { _ throws(any Error) in
                        let recognition = try NeuralRecognition(models)
                        let picture = try self.picture(width: 640, height: 352, [(64, 64, 32, 32, .red)])
                        var count = 0
                        for _ in 0..<10 {
                            count += try recognition.detect(picture).filter { $0.label == .person }.count
                        }
                        return count
                    }
                }
            }
            return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
        }
        #expect(counts.count == 1)
        #expect(counts.first.map { $0 >= 10 } == true)
    }
}
