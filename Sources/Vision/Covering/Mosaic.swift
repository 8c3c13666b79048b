public import Domain
public import FFmpeg

/// Covers regions of a picture in its pixels, so that nothing can bring back what was there. (马赛克)
///
/// Each region becomes cells of one colour, at most four across a head. Cells lie on a grid that is the same in all pictures:
/// were it to move with the region, many pictures together would tell more than each of them.
public enum Mosaic {
    /// Pixels: even, as colour has half the lines. Never smaller, however small the head.
    static let leastCell = 12
    /// Cells across the shorter side of a region, at most.
    static let cellsAcross = 4

    /// - Parameter regions: in shares of the picture.
    public static func cover(_ regions: [PictureBox], of picture: inout Picture) {
        let (width, height) = (picture.width, picture.height)
        let (lumaStride, chromaStride) = (picture.lumaStride, picture.chromaStride)
        let (chromaWidth, chromaHeight) = (picture.chromaWidth, picture.chromaHeight)
        let areas = regions.map { Area($0, width: width, height: height) }
        guard !areas.isEmpty else { return }
        picture.withMutablePlanes { y, u, v in
            for area in areas {
                average(&y, stride: lumaStride, width: width, height: height, area, cell: area.cell)
                let half = Area(
                    left: area.left / 2, top: area.top / 2, right: (area.right + 1) / 2, bottom: (area.bottom + 1) / 2,
                    cell: area.cell / 2)
                average(&u, stride: chromaStride, width: chromaWidth, height: chromaHeight, half, cell: half.cell)
                average(&v, stride: chromaStride, width: chromaWidth, height: chromaHeight, half, cell: half.cell)
            }
        }
    }

    private struct Area {
        let left, top, right, bottom, cell: Int

        init(left: Int, top: Int, right: Int, bottom: Int, cell: Int) {
            (self.left, self.top, self.right, self.bottom, self.cell) = (left, top, right, bottom, cell)
        }

        /// Outwards to whole cells: a face must not look out from under an edge.
        init(_ box: PictureBox, width: Int, height: Int) {
            let shorter = min(box.width * Double(width), box.height * Double(height))
            let cell = max(Mosaic.leastCell, (Int(shorter / Double(Mosaic.cellsAcross)) + 1) & ~1)
            self.cell = cell
            left = Int(max(0, box.x * Double(width))) / cell * cell
            top = Int(max(0, box.y * Double(height))) / cell * cell
            let (endX, endY) = (Int((box.x + box.width) * Double(width)), Int((box.y + box.height) * Double(height)))
            right = min(width, (endX / cell + 1) * cell)
            bottom = min(height, (endY / cell + 1) * cell)
        }
    }

    private static func average(
        _ plane: inout MutableSpan<UInt8>, stride: Int, width: Int, height: Int, _ area: Area, cell: Int
    ) {
        var top = area.top
        while top < min(area.bottom, height) {
            let bottom = min(top + cell, height)
            var left = area.left
            while left < min(area.right, width) {
                let right = min(left + cell, width)
                var sum = 0
                for row in top..<bottom {
                    for column in left..<right { sum += Int(plane[row * stride + column]) }
                }
                let mean = UInt8(sum / ((bottom - top) * (right - left)))
                for row in top..<bottom {
                    for column in left..<right { plane[row * stride + column] = mean }
                }
                left = right
            }
            top = bottom
        }
    }
}
