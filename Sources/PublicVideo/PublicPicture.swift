import Domain
import FFmpeg
import Vision

/// A picture between its search and its time.
final class PublicPicture {
    private(set) var picture: Picture
    /// Monotonic time of its arrival: what the cover goes by.
    let time: Duration
    let wall: UTCTime
    private(set) var isCovered = false

    init(_ picture: consuming Picture, time: Duration, wall: UTCTime) {
        self.picture = picture
        self.time = time
        self.wall = wall
    }

    var width: Int { picture.width }
    var height: Int { picture.height }

    /// nil: it could not be searched.
    func search(with search: any HeadSearch) -> [Recognized]? { try? search.find(in: picture) }

    /// Covers, puts it into the public size, and writes the watermark. Once.
    func finish(covering regions: [PictureBox], _ watermark: Watermark) throws {
        guard !isCovered else { return }
        Mosaic.cover(regions, of: &picture)
        if picture.width != PublicScreenSettings.width || picture.height != PublicScreenSettings.height {
            var canvas = try Picture.blank(width: PublicScreenSettings.width, height: PublicScreenSettings.height)
            Ink.fill(&canvas, luma: 16)
            Self.place(picture, on: &canvas)
            picture = canvas
        }
        watermark.draw(on: &picture, taken: wall)
        isCovered = true
    }

    private static func place(_ picture: borrowing Picture, on canvas: inout Picture) {
        let left = (canvas.width - picture.width) / 2 & ~1
        let top = (canvas.height - picture.height) / 2 & ~1
        let (width, height) = (picture.width, picture.height)
        let (from, chromaFrom) = (picture.lumaStride, picture.chromaStride)
        let (to, chromaTo) = (canvas.lumaStride, canvas.chromaStride)
        picture.withPlanes { y, u, v in
            canvas.withMutablePlanes { newY, newU, newV in
                for row in 0..<height {
                    for column in 0..<width { newY[(top + row) * to + left + column] = y[row * from + column] }
                }
                for row in 0..<height / 2 {
                    for column in 0..<width / 2 {
                        let place = (top / 2 + row) * chromaTo + left / 2 + column
                        newU[place] = u[row * chromaFrom + column]
                        newV[place] = v[row * chromaFrom + column]
                    }
                }
            }
        }
    }
}
