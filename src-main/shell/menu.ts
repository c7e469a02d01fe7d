import type { MenuItemConstructorOptions } from 'electron';

/** The menu's shortcuts are what makes copy and paste work on macOS; elsewhere it is hidden until Alt. */
export function menuTemplate(devTools: boolean): MenuItemConstructorOptions[] {
  return [
    { label: 'Văn Thư', submenu: [{ role: 'about', label: 'Giới thiệu' }, { type: 'separator' }, { role: 'quit', label: 'Thoát' }] },
    {
      label: 'Sửa',
      submenu: [
        { role: 'undo', label: 'Hoàn tác' }, { role: 'redo', label: 'Làm lại' }, { type: 'separator' },
        { role: 'cut', label: 'Cắt' }, { role: 'copy', label: 'Sao chép' }, { role: 'paste', label: 'Dán' }, { role: 'selectAll', label: 'Chọn tất cả' },
      ],
    },
    {
      label: 'Xem',
      submenu: [
        { role: 'zoomIn', label: 'Phóng to' }, { role: 'zoomOut', label: 'Thu nhỏ' }, { role: 'resetZoom', label: 'Cỡ thường' },
        ...(devTools ? ([{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }] as const) : []),
      ],
    },
  ];
}
