import CDocuments
import Glibc

/// A picture that cairo can draw. A JPEG's pixels are never made: its bytes go into the file.
final class DecodedPicture {
    private static let mostPixels = 25_000_000

    let surface: OpaquePointer
    let width: Int
    let height: Int

    private init(owning surface: OpaquePointer) {
        self.surface = surface
        width = Int(cairo_image_surface_get_width(surface))
        height = Int(cairo_image_surface_get_height(surface))
    }

    deinit { cairo_surface_destroy(surface) }

    static func decode(_ picture: PDFPicture) throws(PDFError) -> DecodedPicture {
        let surface =
            picture.bytes.starts(with: [0xFF, 0xD8]) ? jpeg(picture.bytes) : png(picture.bytes)
        guard let surface else { throw .unreadablePicture(caption: picture.caption) }
        return DecodedPicture(owning: surface)
    }

    private static func jpeg(_ bytes: [UInt8]) -> OpaquePointer? {
        guard let size = JPEGSize(bytes), size.width * size.height <= mostPixels,
            let copy = malloc(bytes.count)
        else { return nil }
        copy.copyMemory(from: bytes, byteCount: bytes.count)
        let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, CInt(size.width), CInt(size.height))!
        let data = copy.assumingMemoryBound(to: UInt8.self)
        guard
            cairo_surface_set_mime_data(surface, shim_mime_jpeg, data, UInt(bytes.count), { free($0) }, copy)
                == CAIRO_STATUS_SUCCESS
        else {
            free(copy)
            cairo_surface_destroy(surface)
            return nil
        }
        return surface
    }

    private static func png(_ bytes: [UInt8]) -> OpaquePointer? {
        // Signature, length and name of IHDR, width, height. (W3C PNG, 5.2 and 11.2.2)
        let start: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]
        guard bytes.starts(with: start), bytes.count > 33 else { return nil }
        let (width, height) = (number(bytes[16..<20]), number(bytes[20..<24]))
        guard width > 0, height > 0, width <= 32_767, height <= 32_767, width * height <= mostPixels else { return nil }
        return bytes.withUnsafeBytes { buffer in
            var rest = UnsafeRawBufferPointer(rebasing: buffer[...])
            let surface = withUnsafeMutablePointer(to: &rest) { rest in
                cairo_image_surface_create_from_png_stream(
                    { closure, target, count in
                        let rest = closure!.assumingMemoryBound(to: UnsafeRawBufferPointer.self)
                        guard rest.pointee.count >= Int(count) else { return CAIRO_STATUS_READ_ERROR }
                        memcpy(target!, rest.pointee.baseAddress!, Int(count))
                        rest.pointee = UnsafeRawBufferPointer(rebasing: rest.pointee[Int(count)...])
                        return CAIRO_STATUS_SUCCESS
                    }, rest)!
            }
            guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS else {
                cairo_surface_destroy(surface)
                return nil
            }
            return surface
        }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}

/// Width and height out of a JPEG's frame header (ITU-T T.81, B.2.2), when a PDF can hold it: 8 bits, grey or colour,
/// not arithmetic coded, with a scan and an end.
struct JPEGSize {
    let width: Int
    let height: Int

    init?(_ bytes: [UInt8]) {
        // Some cameras fill up behind the end.
        guard bytes.starts(with: [0xFF, 0xD8]), let last = bytes.lastIndex(of: 0xD9), last > 4, bytes[last - 1] == 0xFF
        else { return nil }
        var frame: (width: Int, height: Int)?
        var at = 2
        while at + 4 <= bytes.count {
            guard bytes[at] == 0xFF else { return nil }
            let marker = bytes[at + 1]
            if marker == 0xFF {
                at += 1
                continue
            }
            let length = Int(bytes[at + 2]) << 8 | Int(bytes[at + 3])
            guard length >= 2, at + 2 + length <= bytes.count else { return nil }
            switch marker {
            case 0xC0, 0xC1, 0xC2:
                guard length >= 11, frame == nil, bytes[at + 4] == 8, [1, 3].contains(bytes[at + 9]) else { return nil }
                frame = (
                    Int(bytes[at + 7]) << 8 | Int(bytes[at + 8]), Int(bytes[at + 5]) << 8 | Int(bytes[at + 6])
                )
            case 0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF: return nil
            case 0xDA:
                guard let frame, frame.width > 0, frame.height > 0, frame.width <= 32_767, frame.height <= 32_767 else {
                    return nil
                }
                (width, height) = frame
                return
            default: break
            }
            at += 2 + length
        }
        return nil
    }
}
