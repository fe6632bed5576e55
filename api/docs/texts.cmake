# Writes texts as a header: -DHEADER=FILE -DTEXTS="FILE FILE ..."; a text's name is its file's, in small letters.
separate_arguments(files UNIX_COMMAND "${TEXTS}")
set(rows "")
foreach(file IN LISTS files)
  file(READ "${file}" text)
  string(LENGTH "${text}" length)
  get_filename_component(name "${file}" NAME_WE)
  string(TOLOWER "${name}" name)
  # One literal may not be longer than 64 KiB everywhere: it is written in pieces.
  set(pieces "")
  set(begin 0)
  while(begin LESS length)
    string(SUBSTRING "${text}" ${begin} 8000 piece)
    string(APPEND pieces "\n     R\"stet_text(${piece})stet_text\"")
    math(EXPR begin "${begin} + 8000")
  endwhile()
  string(APPEND rows "    {\"${name}\",${pieces}},\n")
endforeach()
file(WRITE ${HEADER} "#pragma once\n\n#include <string_view>\n\nnamespace stet::docs {\n\n"
  "struct WrittenText {\n  std::string_view name, text;\n};\n\n"
  "inline constexpr WrittenText kTexts[] = {\n${rows}};\n\n}  // namespace stet::docs\n")
