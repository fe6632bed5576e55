#include "api/http/multipart.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stet::http {
namespace {

using ::testing::HasSubstr;

std::string part(const std::string& head, const std::string& content) {
  return "--B\r\n" + head + "\r\n\r\n" + content + "\r\n";
}
const std::string kFile = "Content-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"";

std::vector<std::string> contents_of(const std::string& body) {
  MemorySource source(body);
  auto parts = parse_multipart(source, "B");
  EXPECT_TRUE(parts) << (parts ? "" : parts.error().message);
  std::vector<std::string> contents;
  if (!parts) return contents;
  for (const Part& part : *parts) contents.push_back(body.substr(part.offset, part.size));
  return contents;
}

TEST(Multipart, PartsAreFoundWhereTheyLie) {
  std::string body = "preamble\r\n" +
                     part(kFile + "\r\nContent-Type: image/jpeg", "A\r\n--Bx\r\n--") +
                     part("content-disposition: form-data; name=folder", "") + "--B--\r\nepilogue";
  MemorySource source(body);
  auto parts = parse_multipart(source, "B");
  ASSERT_TRUE(parts) << parts.error().message;
  ASSERT_EQ(parts->size(), 2u);
  EXPECT_EQ((*parts)[0].name, "file");
  EXPECT_EQ((*parts)[0].filename, "a.jpg");
  EXPECT_EQ((*parts)[0].type, "image/jpeg");
  EXPECT_EQ((*parts)[1].name, "folder");
  EXPECT_FALSE((*parts)[1].filename);
  EXPECT_EQ(contents_of(body), (std::vector<std::string>{"A\r\n--Bx\r\n--", ""}));
}

TEST(Multipart, AContentMayBeAnythingButItsBoundary) {
  for (const std::string& content : {std::string(),
                                     std::string("\r\n"),
                                     std::string("\r\n\r\n"),
                                     std::string("x--B"),
                                     std::string("\n--B--"),
                                     std::string("\r\n--"),
                                     std::string(3, '\0'),
                                     std::string(200'000, '\r'),
                                     std::string(65'530, 'x') + "\r\n--C" + std::string(9, 'y')}) {
    std::string body = part(kFile, content) + part(kFile, "second") + "--B--";
    EXPECT_EQ(contents_of(body), (std::vector<std::string>{content, "second"}));
  }
  // Blanks may follow a boundary.
  EXPECT_EQ(contents_of("--B \t \r\n" + kFile + "\r\n\r\nx\r\n--B--"),
            std::vector<std::string>{"x"});
}

struct Bad {
  std::string body;
  const char* why;
};

TEST(Multipart, WhatIsBrokenIsRefusedWithItsPart) {
  const std::string last = "--B--\r\n";
  for (const Bad& bad : {
           Bad{"", "does not begin"},
           Bad{"no boundary at all", "does not begin"},
           Bad{"--B\r\n" + kFile, "head without an end"},
           Bad{part(kFile, "x"), "part 1 of the body does not end"},
           Bad{part(kFile, "x") + "--B\r\n", "part 2"},
           Bad{part("Content-Type: image/jpeg", "x") + last, "no Content-Disposition"},
           Bad{part("Content-Disposition: attachment; filename=a", "x") + last, "no form-data"},
           Bad{part("Content-Disposition: form-data", "x") + last, "no form-data with a name"},
           Bad{part("Content-Disposition: form-data; name=\"a", "x") + last, "no form-data"},
           Bad{part("Content-Disposition: form-data; name=a; name=b", "x") + last, "no form-data"},
           Bad{part(kFile + "\r\n" + kFile, "x") + last, "two Content-Dispositions"},
           Bad{part(kFile + "\r\n folded: x", "x") + last, "no UTF-8 field"},
           Bad{part(kFile + "\r\nnothing", "x") + last, "no UTF-8 field"},
           Bad{part(kFile + "\r\nX: \xff", "x") + last, "no UTF-8 field"},
           Bad{part(kFile + "\r\nContent-Type: Multipart/mixed; boundary=C", "x") + last,
               "parts of its own"},
           Bad{part(kFile + "\r\nContent-Transfer-Encoding: base64", "x") + last, "send its bytes"},
           Bad{part(kFile + "\r\nX: " + std::string(9000, 'x'), "x") + last, "within 8192 bytes"},
       }) {
    MemorySource source(bad.body);
    auto parts = parse_multipart(source, "B");
    ASSERT_FALSE(parts) << bad.body.substr(0, 200);
    EXPECT_EQ(parts.error().code, ErrorCode::kInvalidInput);
    EXPECT_THAT(parts.error().message, HasSubstr(bad.why));
  }
}

TEST(Multipart, APartTooManyIsRefused) {
  std::string body;
  for (int i = 0; i < 101; ++i) body += part(kFile, "x");
  body += "--B--";
  MemorySource source(body);
  auto parts = parse_multipart(source, "B");
  ASSERT_FALSE(parts);
  EXPECT_THAT(parts.error().message, HasSubstr("more than 100 parts"));
}

TEST(Multipart, NamesComeInEveryFormThatBrowsersSend) {
  for (const auto& [field, name] : std::vector<std::pair<std::string, std::string>>{
           {"form-data; name=f; filename=plain.jpg", "plain.jpg"},
           {"form-data; name=f; filename=\"a;b=c.jpg\"", "a;b=c.jpg"},
           {"form-data; name=f; filename=\"q\\\"q.jpg\"", "q\"q.jpg"},
           {"form-data; name=f; filename=\"C:\\dir\\x.jpg\"", "C:\\dir\\x.jpg"},
           {"form-data; name=f; filename=\"Gr\xc3\xbc\xc3\x9f"
            "e.jpg\"",
            "Gr\xc3\xbc\xc3\x9f"
            "e.jpg"},
           {"form-data; name=f; filename=\"x.jpg\"; filename*=UTF-8''%C3%BC%20.jpg",
            "\xc3\xbc .jpg"},
           {"form-data; name=f; filename*=latin1''%FC.jpg; filename=y.jpg", "y.jpg"},
           {"form-data; name=f; filename*=utf-8'de'%FF; filename=z.jpg", "z.jpg"}}) {
    auto parameters = parse_parameters(field);
    ASSERT_TRUE(parameters) << field;
    EXPECT_EQ(parameter_of(*parameters, "filename"), name) << field;
  }
  for (const char* field : {"a; b", "a; =c", "a; b=\"c", "a; b=\"c\" d=e", "a; b=c; B=d"}) {
    EXPECT_FALSE(parse_parameters(field)) << field;
  }
}

TEST(Multipart, ABoundaryIsOneToSeventyCharacters) {
  EXPECT_EQ(*boundary_of("multipart/form-data; boundary=xyz"), "xyz");
  EXPECT_EQ(*boundary_of("Multipart/Form-Data; charset=utf-8; BOUNDARY=\"a b:c\""), "a b:c");
  for (const std::string& type : {std::string("multipart/mixed; boundary=x"),
                                  std::string("multipart/form-data"),
                                  std::string("multipart/form-data; boundary="),
                                  std::string("multipart/form-data; boundary=\"x \""),
                                  "multipart/form-data; boundary=" + std::string(71, 'x'),
                                  std::string("image/jpeg")}) {
    EXPECT_FALSE(boundary_of(type)) << type;
  }
}

}  // namespace
}  // namespace stet::http
