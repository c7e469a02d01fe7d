type Value = string | number | boolean | undefined;
type Format = { readonly number: (value: Value) => string };
type Params = Readonly<Record<string, Value>>;
type Words = Readonly<Record<string, string | ((params: Params, format: Format) => string)>>;

/**
 * What react-aria says of itself to whoever hears the screen, in Vietnamese: its own dictionaries have none. By its own groups and keys;
 * build/aria-words.ts lays them beside its English when the page is made, and leaves its other languages out.
 */
export const ariaWords: Readonly<Record<string, Words>> = {
  autocomplete: { collectionLabel: 'Gợi ý' },
  calendar: {
    previous: 'Trước',
    next: 'Sau',
    selectedDateDescription: ({ date }) => `Ngày đã chọn: ${date}`,
    todayDate: ({ date }) => `Hôm nay, ${date}`,
    todayDateSelected: ({ date }) => `Hôm nay, ${date}, đã chọn`,
    dateSelected: ({ date }) => `${date}, đã chọn`,
    minimumDate: 'Ngày sớm nhất chọn được',
    maximumDate: 'Ngày muộn nhất chọn được',
  },
  combobox: {
    focusAnnouncement: ({ isGroupChange, groupTitle, groupCount, optionText, isSelected }, format) =>
      `${isGroupChange ? `Nhóm ${groupTitle}, ${format.number(groupCount)} mục. ` : ''}${optionText}${isSelected ? ', đã chọn' : ''}`,
    countAnnouncement: ({ optionCount }, format) => `Có ${format.number(optionCount)} lựa chọn.`,
    selectedAnnouncement: ({ optionText }) => `${optionText}, đã chọn`,
    buttonLabel: 'Mở danh sách',
    listboxLabel: 'Gợi ý',
  },
  grid: {
    deselectedItem: ({ item }) => `Đã bỏ chọn ${item}.`,
    select: 'Chọn',
    selectedCount: ({ count }, format) => (count === 0 ? 'Chưa chọn mục nào.' : `Đã chọn ${format.number(count)} mục.`),
    selectedAll: 'Đã chọn tất cả.',
    selectedItem: ({ item }) => `Đã chọn ${item}.`,
    longPressToSelect: 'Nhấn giữ để chọn nhiều mục.',
  },
  menu: { longPressMessage: 'Nhấn giữ, hoặc nhấn Alt + mũi tên xuống, để mở danh sách' },
  numberfield: { decrease: ({ fieldLabel }) => `Bớt: ${fieldLabel}`, increase: ({ fieldLabel }) => `Thêm: ${fieldLabel}`, numberField: 'Ô số' },
  overlays: { dismiss: 'Đóng' },
  searchfield: { 'Clear search': 'Xóa tìm kiếm' },
  spinbutton: { Empty: 'Trống' },
  table: {
    select: 'Chọn',
    selectAll: 'Chọn tất cả',
    sortable: 'cột sắp xếp được',
    ascending: 'tăng dần',
    descending: 'giảm dần',
    ascendingSort: ({ columnName }) => `xếp theo ${columnName}, tăng dần`,
    descendingSort: ({ columnName }) => `xếp theo ${columnName}, giảm dần`,
    columnSize: ({ value }) => `${value} điểm ảnh`,
    resizerDescription: 'Nhấn Enter để đổi độ rộng cột',
    expand: 'Mở',
    collapse: 'Gập',
  },
  tag: { removeDescription: 'Nhấn Delete để bỏ.', removeButtonLabel: 'Bỏ' },
  tree: { expand: 'Mở', collapse: 'Gập' },
};
