#include "cms/image/file_type.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/cms/image/pictures.h"

namespace stet::image {
namespace {

std::string name_of(const std::string& bytes) {
  const FileType* type = type_of_content(MemorySource(bytes));
  return type ? std::string(type->name) : "";
}

TEST(FileType, IsToldByTheFirstBytes) {
  using namespace std::string_literals;
  for (const auto& [bytes, name] : std::vector<std::pair<std::string, std::string>>{
           {jpeg(1, 1), "jpeg"},
           {png(1, 1), "png"},
           {gif(1, 1), "gif"},
           {webp(1, 1), "webp"},
           {avif(1, 1), "avif"},
           {svg(), "svg"},
           {"\xef\xbb\xbf<?xml version=\"1.0\"?>\n<!-- a > b -->\n<!DOCTYPE svg [<!ENTITY a "
            "\"b\">]>\n"
            "<svg:svg xmlns:svg='x'/>",
            "svg"},
           {"\0\0\1\0\1\0"s, "ico"},
           {"%PDF-1.7\n", "pdf"},
           {"\0\0\0\x18"
            "ftypisom\0\0\0\0isommp42"s,
            "mp4"},
           {"\0\0\0\x18"
            "ftypM4A \0\0\0\0isommp42"s,
            "m4a"},
           {"\0\0\0\x14"
            "ftypqt  \0\0\0\0qt  "s,
            "mov"},
           {"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm"s, "webm"},
           {"ID3\4\0\0\0\0\0\0"s, "mp3"},
           {"\xff\xfb\x90\x64\0\0"s, "mp3"},
           {"OggS\0\2"s, "ogg"},
           {"fLaC\0\0"s, "flac"},
           {"RIFF\x24\0\0\0WAVEfmt "s, "wav"},
           {"WEBVTT\n\n00:00 --> 00:01\nx", "vtt"},
           {"WEBVTT", "vtt"},
           {"BEGIN:VCALENDAR\r\nEND:VCALENDAR", "ics"},
           {"PK\3\4\x14\0"s, "zip"},
           {"wOFF\0\1\0\0"s, "woff"},
           {"wOF2\0\1\0\0"s, "woff2"},
           {"\0\1\0\0\0\x0f"s, "ttf"},
           {"OTTO\0\x0c"s, "otf"}}) {
    EXPECT_EQ(name_of(bytes), name);
  }
}

TEST(FileType, OfWhatNoneIsThereIsNone) {
  using namespace std::string_literals;
  for (const auto& [bytes, looks] : std::vector<std::pair<std::string, std::string>>{
           {"", "nothing"},
           {"<!doctype html><html><script>alert(1)</script>", "HTML"},
           {"  <HTML>", "HTML"},
           {"<script>alert(1)</script><svg/>", "HTML"},
           {"<?xml version='1.0'?><feed/>", "XML"},
           {"alert(1)", "text"},
           {"WEBVTTX", "text"},
           {"\x7f"
            "ELF\2\1\1",
            "a program"},
           {"MZ\x90\0"s, "a program"},
           {"#!/bin/sh\n", "a program"},
           {"\x1a\x45\xdf\xa3\x9f"
            "matroska"s,
            ""},
           {"RIFF\x24\0\0\0AVI LIST"s, ""},
           {"\0\0\0\x18"
            "ftypheic\0\0\0\0"s,
            ""},
           {"\xff\xff\xff\xff"s, ""}}) {
    EXPECT_EQ(name_of(bytes), "") << bytes;
    EXPECT_EQ(foreign_type(MemorySource(bytes)), looks) << bytes;
  }
}

TEST(FileType, EachHasANameAndExtensionsOfItsOwn) {
  std::set<std::string_view> names, extensions;
  for (const FileType& type : file_types()) {
    EXPECT_TRUE(names.insert(type.name).second);
    EXPECT_EQ(find_type(type.name), &type);
    EXPECT_EQ(&type_of(type.format), &type);
    EXPECT_EQ(type_of_extension(type.own_extension()), &type);
    EXPECT_TRUE(extensions.insert(type.own_extension()).second);
  }
  EXPECT_EQ(type_of_extension(".JPEG")->name, "jpeg");
  EXPECT_EQ(type_of_extension(".pptx")->name, "zip");
  for (const char* other : {"", ".", ".html", ".js", ".jp", "jpg", ".jpg .jpeg", " .jpeg"}) {
    EXPECT_EQ(type_of_extension(other), nullptr) << other;
  }
}

}  // namespace
}  // namespace stet::image
