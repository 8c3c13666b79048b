// Walls, floor, window, door: the same in every kitchen of the simulator but for the floor's colour.

extension Room {
    static func shell(floor: Vector) -> Room {
        var room = Room()
        // The walls behind the camera are left out; floor and side walls go on to where its view ends.
        let beyond: Float = 2.1
        room.addFloor([-beyond, -beyond, 0], [Room.width + beyond, Room.depth + beyond], .floorTiles(floor))
        room.addCeiling(.paint([0.72, 0.73, 0.72]))

        let tiled: Float = 1.8
        let paint = Surface.paint([0.74, 0.76, 0.72])
        room.addWallFacingFront(x: -beyond...Room.width, y: Room.depth, z: 0...tiled, .wallTiles)
        room.addWallFacingFront(x: -beyond...Room.width, y: Room.depth, z: tiled...Room.height, paint)

        let door: ClosedRange<Float> = 0.45...1.35
        let lintel: Float = 2.05
        for y in [-beyond...door.lowerBound, door.upperBound...Room.depth] {
            room.addWallFacingLeft(x: Room.width, y: y, z: 0...tiled, .wallTiles)
            room.addWallFacingLeft(x: Room.width, y: y, z: tiled...Room.height, paint)
        }
        room.addWallFacingLeft(x: Room.width, y: door, z: lintel...Room.height, paint)
        room.addDoorFrame(door, lintel: lintel)
        room.addCorridor(door)

        room.addWallFacingLeft(x: Room.width - 0.01, y: 2.05...3.55, z: 1.15...2.2, .windowPane)
        room.addBox([5.42, 1.98, 1.10], [5.6, 3.62, 1.15], .plastic([0.72, 0.72, 0.7]))

        for y in [1.4, 3.1] as [Float] {
            room.addBox([1.2, y - 0.06, 2.80], [4.4, y + 0.06, 2.88], .lamp, casts: false)
        }
        room.addFloor([1.3, 3.32, 0.004], [3.4, 0.14], .drainGrate)
        room.skirting = [[0.05, 4.5], [5.5, 4.5], [5.5, 1.5], [5.9, 1.2]]
        return room
    }

    private mutating func addDoorFrame(_ door: ClosedRange<Float>, lintel: Float) {
        let white = Surface.plastic([0.55, 0.58, 0.6])
        for y in [door.lowerBound - 0.05, door.upperBound] {
            addBox([Room.width - 0.04, y, 0], [Room.width, y + 0.05, lintel + 0.05], white)
        }
        addBox(
            [Room.width - 0.04, door.lowerBound, lintel], [Room.width, door.upperBound, lintel + 0.05], white)
    }

    private mutating func addCorridor(_ door: ClosedRange<Float>) {
        let first = faces.count
        addFloor([Room.width, -0.5, 0], [1.6, 1.85], .floorTiles([0.30, 0.31, 0.30]))
        for (z, colour) in [(0...1.1, Vector(0.17, 0.27, 0.25)), (1.1...Room.height, [0.42, 0.43, 0.40])] {
            addWallFacingFront(x: Room.width...7.2, y: door.upperBound, z: z, .paint(colour * 0.8))
            addWallFacingLeft(x: 7.2, y: -0.5...door.upperBound, z: z, .paint(colour))
        }
        for index in first..<faces.count { faces[index].hasOwnLight = true }
    }
}
