// Addresses of a site of WordPress, whichever way they are spelled: http and https are one, "www."
// or none, large and small letters of the host, and single slashes or several.
//
// Threads: pure functions. Input may be any text.
#pragma once

#include <string>
#include <string_view>

namespace stet::site_import {

// "old.example/a//b.jpg" and "https://www.Old.example/a/b.jpg" have the same one:
// "old.example/a/b.jpg".
std::string address_key(std::string_view address);

// "old.example:8080" of an address there; "" of one that names no host.
std::string host_name(std::string_view address);

// How a site is called by its address: "old.example/blog" of "https://www.old.example/blog/".
std::string site_name(std::string_view address);

}  // namespace stet::site_import
