import Foundation
import OpenVINO
import TestSupport
import Testing

struct LibraryTests {
    @Test func `the library is found from the program's own folder`() throws {
        let library = try Library.load(LibrarySearch(environment: nil))
        #expect(library.path.hasPrefix("/"))
        #expect(library.version.hasPrefix("2026."))
    }

    @Test func `its folder or its file can be named`() throws {
        let path = try Library.load().path
        let folder = String(path[..<path.lastIndex(of: "/")!])
        #expect(try Library.load(LibrarySearch(place: path, executable: nil)).path == path)
        #expect(try Library.load(LibrarySearch(environment: folder, executable: nil)).path.hasPrefix(folder))
    }

    @Test func `a named place that hasn't got it is an error, though it is elsewhere`() throws {
        let folder = try TemporaryDirectory()
        let error = #expect(throws: OpenVINOError.self) {
            try Library.load(LibrarySearch(place: folder.path, environment: nil))
        }
        #expect(error?.kind == .libraryUnusable || error?.kind == .libraryMissing)
        #expect(error?.detail.contains(folder.path) == true)
        #expect(error?.detail.contains("MINGCHU_OPENVINO") == true)
    }

    @Test func `a place that doesn't exist is said to be missing`() {
        let error = #expect(throws: OpenVINOError.self) {
            try Library.load(LibrarySearch(place: "/nowhere/at/all", environment: nil))
        }
        #expect(error?.kind == .libraryMissing)
        #expect(error?.detail.contains("/nowhere/at/all") == true)
    }

    @Test func `a file of that name that is no library is unusable`() throws {
        let folder = try TemporaryDirectory()
        try folder.write("libopenvino_c.so", Array("no library".utf8))
        let error = #expect(throws: OpenVINOError.self) { try Library.load(LibrarySearch(place: folder.path)) }
        #expect(error?.kind == .libraryUnusable)
    }

    @Test func `a library without the functions is unusable, and the function is named`() throws {
        let folder = try TemporaryDirectory()
        // Any other library of the system will do.
        let other = try #require(
            ["/lib/x86_64-linux-gnu/libm.so.6", "/lib/aarch64-linux-gnu/libm.so.6", "/lib64/libm.so.6"].first {
                FileManager.default.fileExists(atPath: $0)
            })
        try FileManager.default.copyItem(atPath: other, toPath: folder.path + "/libopenvino_c.so")
        let error = #expect(throws: OpenVINOError.self) { try Library.load(LibrarySearch(place: folder.path)) }
        #expect(error?.kind == .libraryUnusable)
        #expect(error?.detail.contains("ov_") == true)
    }
}
