/** Titles of those who sign, folded and without spaces, most often seen at communes, departments and their units; deputies by the prefix "phó". */
const heads = [
  'chutich', 'bithu', 'chanhvanphong', 'giamdoc', 'tonggiamdoc', 'truongphong', 'truongban', 'truongdonvi', 'truongcongan', 'truongtram', 'truongthon',
  'totruong', 'doitruong', 'hieutruong', 'cuctruong', 'chicuctruong', 'tongcuctruong', 'vutruong', 'vientruong', 'chanhthanhtra', 'thanhtratruong', 'chanhan', 'chihuytruong',
  'botruong', 'chunhiem', 'tongbientap', 'tongthuky', 'truongdoan', 'chutaikhoan', 'phutrach', 'thutruong', 'thutuong', 'uyvien',
] as const;

/** "PHÓ CHỦ TỊCH", "QUYỀN GIÁM ĐỐC" (Q.) and the bare title. */
export const titles: readonly string[] = heads.flatMap((head) => [head, `pho${head}`, `quyen${head}`]);
