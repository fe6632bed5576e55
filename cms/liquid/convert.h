// What Ruby and Liquid 4 make of a value: its text, number, order, items and properties.
//
// Shared by the engine and the filters. Everything that looks at a live time here reports it to
// Host::saw_instant; everything that looks at a drop or list makes the reads that it needs and no
// others. Threads: pure functions but for the Host of the caller's render. None fails.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/liquid/value.h"

namespace stet::liquid {

class Host;

// --- text
// -------------------------------------------------------------------------------------------

// What `{{ value }}` prints: nil "", 1.0 "1.0", arrays joined without a separator, hashes as
// `{"a"=>1}`, times "2020-10-11 13:20:02 -0500" or "... UTC", drops as they say (JSON).
std::string to_text(const Value& value, Host& host);
void append_text(std::string& out, const Value& value, Host& host);
// Ruby's to_s, which is what filters make of their input: as above, but arrays are inspected.
std::string to_s(const Value& value, Host& host);
// to_s without a copy where it is a string; else made in `holder`.
std::string_view text_of(const Value& value, Host& host, std::string& holder);

// Ruby's inspect: nil "nil", strings quoted and escaped, arrays `[1, "a"]`.
std::string inspect(const Value& value, Host& host);
void append_inspect(std::string& out, const Value& value, Host& host);

std::string float_text(double number);            // Float#to_s: 1.0, 1.0e+20, Infinity, NaN
std::string time_text(const Time& time);          // Time#to_s
std::string_view class_name(const Value& value);  // "Integer", "NilClass", "Array", for messages

// Ruby's JSON: compact is Object#to_json, pretty is JSON.pretty_generate. Hash order; drops by
// their keys; `next` and `previous` of nested drops without their long fields, as Jekyll shortens
// them.
enum class JsonStyle { kCompact, kPretty };
void append_json(std::string& out, const Value& value, Host& host, JsonStyle style);

// --- numbers
// ----------------------------------------------------------------------------------------

// Liquid's Utils.to_number: numbers as they are, "3.5" a float, other strings by to_i, the rest 0.
Value to_number(const Value& value);
// Liquid's Utils.to_integer, as filters want positions: Integer("12"), none for "1.5", nil or "x".
std::optional<std::int64_t> to_integer(const Value& value);
// Ruby's to_i: "12abc" is 12, 3.9 is 3, nil and what has none is 0; saturates at 64 bits.
std::int64_t to_i(const Value& value);
std::int64_t text_to_i(std::string_view text);
// Ruby's String#to_f: the number at the start, else 0.0.
double text_to_f(std::string_view text);

// --- order
// ------------------------------------------------------------------------------------------

// Ruby's ==: 1 == 1.0; arrays and hashes by their items; drops by Drop::is_same. `blank` and
// `empty` are equal to themselves alone; what they mean in conditions is condition.h's.
bool equal(const Value& a, const Value& b, Host& host);
// Ruby's <=>: numbers, strings by bytes, times, dates, arrays; none where Ruby gives nil.
std::optional<int> compare(const Value& a, const Value& b, Host& host);

// --- items and properties
// ---------------------------------------------------------------------------

// True for arrays, lists, ranges, hashes and drops: what `for` visits item by item.
bool is_enumerable(const Value& value);
// Size of arrays, lists, ranges, hashes, and strings in characters; none for others.
std::optional<std::int64_t> size_of(const Value& value, Host& host);
// Elements of an array, list or range, [key, value] pairs of a hash, the keys of a drop (as
// Liquid's `for` sees them), a string itself unless empty; else none. Reads all of a list, and at
// most `count_max` elements of anything.
std::vector<Value> items_of(const Value& value, Host& host, std::size_t count_max = SIZE_MAX);
Value first_of(const Value& value, Host& host);  // nil where there is none
Value last_of(const Value& value, Host& host);

// `object.key`, or `object["key"]` where `is_command` is false: then `size`, `first` and `last` are
// keys as others.
Value property(const Value& object, std::string_view key, Host& host, bool is_command = true);
// `object[key]`: a key of a hash or drop, a position (from the end if negative) of an array or
// list.
Value element(const Value& object, const Value& key, Host& host);
bool has_key(const Value& object, std::string_view key, Host& host);

// Reports a live time as seen whole; does nothing for other values.
void saw(const Value& value, Host& host);

}  // namespace stet::liquid
