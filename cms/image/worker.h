// The process that makes smaller pictures, from the inside.
#pragma once

namespace stet::image {

inline constexpr int kWorkerBadJob = 2;        // or the system's refusal
inline constexpr int kWorkerLacksLibrary = 3;  // libvips is not there
inline constexpr int kWorkerBadPicture = 4;    // the standard error says why

// `check`: whether it could do anything. `webp WIDTH` or `jpeg WIDTH`: reads a picture from the
// standard input and writes the smaller one to the standard output. Before anything is
// decoded the right to open files and connections is given up: whatever a picture makes a decoder
// try, it sees the picture and nothing else.
int serve_image_worker(int count, const char* const* arguments);

}  // namespace stet::image
