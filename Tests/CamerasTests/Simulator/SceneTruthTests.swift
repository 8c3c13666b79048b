import FFmpeg
import Testing

@testable import Cameras

@Suite(.serialized) struct SceneTruthTests {
    /// Frames of a room with and without its people.
    private func compare(
        _ parameters: SceneParameters, frames: [Int],
        _ check: (Int, SceneTruth, _ with: [UInt8], _ without: [UInt8]) -> Void
    ) throws {
        var empty = parameters
        empty.people = 0
        empty.rats = 0
        empty.flies = 0
        let scene = KitchenScene(parameters)
        let room = KitchenScene(empty)
        for index in frames {
            let frame = try scene.frame(at: index)
            check(index, frame.truth, frame.picture.packed(), try room.frame(at: index).picture.packed())
        }
    }

    @Test(arguments: zip(SceneParameters.Scene.allCases, [UInt64(1), 20, 99]))
    func `boxes lie in the picture and hold what they name`(scene: SceneParameters.Scene, seed: UInt64) throws {
        var parameters = KitchenSceneTests.small(scene, seed: seed, people: 3)
        parameters.phones = 60
        var seen = 0
        try compare(parameters, frames: Array(stride(from: 0, to: 12 * 2400, by: 12 * 97))) {
            index, truth, with, without in
            for person in truth.people {
                seen += 1
                let sights = [person.body, person.head, person.phone].compactMap { $0 }
                for sight in sights {
                    let box = sight.box
                    #expect(box.width > 0 && box.height > 0 && box.x >= 0 && box.y >= 0)
                    #expect(box.x + box.width <= 320 && box.y + box.height <= 180)
                    #expect(sight.visibility > 0 && sight.visibility <= 1)
                }
                // Head and phone are part of the person.
                for part in sights.dropFirst() {
                    #expect(part.box.x >= person.body.box.x && part.box.y >= person.body.box.y)
                    #expect(part.box.x + part.box.width <= person.body.box.x + person.body.box.width)
                    #expect(part.box.y + part.box.height <= person.body.box.y + person.body.box.height)
                }
                if person.phone != nil { #expect(person.usesPhone) }
                #expect(abs(person.facing) <= 1.001)
                guard person.body.visibility > 0.5 else { continue }
                #expect(person.body.box.height > 25 && person.body.box.height < 179)
                let changed = changedShare(person.body.box, with, without)
                #expect(changed > 0.25, "\(scene) \(seed) \(index) \(person)")
            }
        }
        #expect(seen > 20)
    }

    @Test func `what is outside all boxes is the empty room`() throws {
        var parameters = KitchenSceneTests.small(.preparation, people: 2)
        parameters.flies = 0
        try compare(parameters, frames: [120, 1200, 5000]) { _, truth, with, without in
            var changed = 0
            for row in 30..<180 {
                for column in 0..<320 {
                    // Shadows on the floor reach a little beyond their owners.
                    let isNear = truth.people.contains { person in
                        let box = person.body.box
                        return column > box.x - 30 && column < box.x + box.width + 30 && row > box.y - 12
                            && row < box.y + box.height + 12
                    }
                    let place = row * 320 + column
                    if !isNear, abs(Int(with[place]) - Int(without[place])) > 6 { changed += 1 }
                }
            }
            #expect(changed == 0)
        }
    }

    @Test func `what the rules ask for is drawn as often as asked for`() throws {
        func shares(bareheads: Float, maskless: Float) throws -> (hats: Double, masks: Double) {
            var parameters = KitchenSceneTests.small(.cooking, people: 4)
            (parameters.bareheads, parameters.maskless) = (bareheads, maskless)
            let schedule = Schedule(room: .build(.cooking), parameters: parameters)
            let outfits = (0..<500).map { visit in
                Outfit(person: Dice(seed: 1), visit: schedule.dice(visit % 4, visit: visit), parameters)
            }
            return (
                Double(outfits.count { $0.wearsHat }) / 500, Double(outfits.count { $0.wearsMask }) / 500
            )
        }
        #expect(try shares(bareheads: 0, maskless: 0) == (1, 1))
        #expect(try shares(bareheads: 1, maskless: 1) == (0, 0))
        let half = try shares(bareheads: 0.5, maskless: 0.25)
        #expect(abs(half.hats - 0.5) < 0.1 && abs(half.masks - 0.75) < 0.1)
    }

    @Test func `hats and masks change the picture where the head is`() throws {
        let dressed = KitchenScene(KitchenSceneTests.small(.preparation, people: 1))
        var parameters = KitchenSceneTests.small(.preparation, people: 1)
        (parameters.bareheads, parameters.maskless) = (1, 1)
        let bare = KitchenScene(parameters)
        var compared = 0
        for index in stride(from: 60, to: 12 * 600, by: 12 * 37) {
            let a = try dressed.frame(at: index)
            let b = try bare.frame(at: index)
            guard let hatted = a.truth.people.first, let bareheaded = b.truth.people.first, hatted.wearsHat,
                let tall = hatted.head, let short = bareheaded.head, tall.visibility == 1
            else { continue }
            compared += 1
            #expect(!bareheaded.wearsHat && !bareheaded.wearsMask)
            #expect(tall.box.height > short.box.height)
            #expect(changedShare(tall.box, a.picture.packed(), b.picture.packed()) > 0.2)
        }
        #expect(compared > 4)
    }

    @Test func `rats run along the wall by night`() throws {
        var parameters = KitchenSceneTests.small(.washing, people: 0, light: .night)
        parameters.rats = 120
        var seen = 0
        try compare(parameters, frames: Array(stride(from: 0, to: 12 * 120, by: 9))) { _, truth, with, without in
            for rat in truth.rodents where rat.box.width * rat.box.height > 20 {
                seen += 1
                #expect(rat.box.width < 40 && rat.box.height < 25)
                #expect(changedShare(rat.box, with, without) > 0.15)
            }
        }
        #expect(seen > 8)
        parameters.rats = 0
        #expect(try KitchenScene(parameters).frame(at: 100).truth.rodents.isEmpty)
    }

    @Test func `flies are where they are said to be`() throws {
        var parameters = KitchenSceneTests.small(.preparation, people: 0)
        parameters.flies = 5
        (parameters.width, parameters.height) = (640, 360)
        let frame = try KitchenScene(parameters).frame(at: 77)
        #expect(!frame.truth.insects.isEmpty && frame.truth.insects.count <= 5)
        #expect(frame.truth.insects.allSatisfy { $0.box.width < 20 && $0.box.height < 20 })
    }

    @Test func `flies before the camera are large, and most of the time in the picture`() throws {
        var parameters = KitchenSceneTests.small(.preparation, people: 0)
        parameters.closeFlies = 1
        (parameters.width, parameters.height) = (640, 360)
        let scene = KitchenScene(parameters)
        let sights = try (0..<40).flatMap { try scene.frame(at: $0 * 20).truth.insects }
        #expect(sights.count > 30 && sights.count <= 40)
        #expect(sights.allSatisfy { max($0.box.width, $0.box.height) >= 4 && $0.box.width < 40 })
        #expect(sights.map { max($0.box.width, $0.box.height) }.sorted()[sights.count / 2] >= 7)
    }

    private func changedShare(_ box: SceneTruth.Box, _ a: [UInt8], _ b: [UInt8]) -> Double {
        var changed = 0
        for row in box.y..<(box.y + box.height) {
            for column in box.x..<(box.x + box.width)
            where abs(Int(a[row * 320 + column]) - Int(b[row * 320 + column])) > 6 { changed += 1 }
        }
        return Double(changed) / Double(box.width * box.height)
    }
}
